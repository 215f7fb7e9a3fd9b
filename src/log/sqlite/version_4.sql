-- From version 3 to 4: a user's devices are known one by one.

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
