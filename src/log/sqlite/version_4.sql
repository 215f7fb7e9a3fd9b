-- From version 3 to 4: a user's devices are known one by one, and so are the rooms that they keep. The search index is made
-- anew, and the days and the rooms' sizes with it.

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
