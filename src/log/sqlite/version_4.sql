-- From version 3 to 4: people have faces, a user's devices are known one by one, and so are the rooms that they keep. The
-- search index is made anew, and the days and the rooms' sizes with it.

CREATE TABLE devices(
  user  INTEGER NOT NULL,
  id    INTEGER NOT NULL, -- 0 for whoever has a token from before this version
  name  TEXT NOT NULL,    -- what it calls itself
  way   INTEGER NOT NULL, -- how it became theirs
  added INTEGER NOT NULL, -- Unix milliseconds, as all times
  seen  INTEGER NOT NULL, -- when it said hello last, to within an hour
  told  INTEGER NOT NULL, -- it knows of the devices that were added until then
  PRIMARY KEY(user, id)
) WITHOUT ROWID;

-- Of those who have ended a device, or have a private link.
CREATE TABLE credentials(
  user  INTEGER PRIMARY KEY,
  ended INTEGER, -- a device that is not in the table above has ended if it was made until then
  link  BLOB,    -- the hash of the private link's code
  made  INTEGER, -- when the link was made
  maker INTEGER  -- the device that made it
);
UPDATE rooms SET messages = 0, bytes = 0 WHERE messages > 0 OR bytes > 0;
-- A number is not used again of which only the days still knew.
INSERT OR REPLACE INTO meta(key, value) SELECT 'gone_floor', last FROM (SELECT max(last) AS last FROM days)
  WHERE last > (SELECT coalesce(max(seq), 0) FROM entries) AND last > (SELECT coalesce(max(floor), 0) FROM rooms)
    AND last > coalesce((SELECT value FROM meta WHERE key = 'gone_floor'), 0);
DELETE FROM days;

-- The rooms that people keep on their lists: by name, as nothing may have been said there.
CREATE TABLE kept(
  user      INTEGER NOT NULL,
  room      TEXT NOT NULL,
  favourite INTEGER NOT NULL,
  muted     INTEGER NOT NULL,
  PRIMARY KEY(user, room)
) WITHOUT ROWID;

-- The hue that somebody got when they came, and what they chose: nothing where that is none.
ALTER TABLE users ADD COLUMN hue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN own_hue INTEGER;
ALTER TABLE users ADD COLUMN emoji TEXT;

-- Those who are there came in the order in which they first said something; the steps are those of rules.rs.
UPDATE users SET hue = came.nth * 3 % 8 FROM (
  SELECT id, row_number() OVER (ORDER BY first IS NULL, first, id) - 1 AS nth
  FROM users LEFT JOIN (SELECT user, min(seq) AS first FROM entries GROUP BY user) spoke ON spoke.user = users.id
) came WHERE came.id = users.id;

-- How many users have each hue, as others see it: nobody counts them all when somebody comes.
CREATE TABLE hues(hue INTEGER PRIMARY KEY, users INTEGER NOT NULL);
INSERT INTO hues SELECT hue, count(*) FROM users GROUP BY hue;
