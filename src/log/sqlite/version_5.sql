-- From version 4 to 5: people have roles, and may be muted and banned.

ALTER TABLE users ADD COLUMN role INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN muted INTEGER;  -- until then, in Unix milliseconds, as all times
ALTER TABLE users ADD COLUMN banned INTEGER; -- until then
CREATE INDEX users_standing ON users(id) WHERE role > 0 OR muted IS NOT NULL OR banned IS NOT NULL;

CREATE TABLE invitations(
  id      INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL,    -- of its code
  role    INTEGER NOT NULL,
  room    TEXT,             -- where it leads to
  uses    INTEGER,          -- how many are left; nothing where they are not counted
  until   INTEGER,
  maker   INTEGER,          -- nothing for the operator's
  made    INTEGER NOT NULL
);

-- What was done to whom, and by whom.
CREATE TABLE audit(
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  by     INTEGER,         -- nothing for the operator
  action TEXT NOT NULL,
  whom   INTEGER,
  until  INTEGER,
  detail TEXT NOT NULL    -- a reason, a role, a room
);

-- The people of private rooms: by name, as nothing may have been said there.
CREATE TABLE room_people(
  room  TEXT NOT NULL,
  user  INTEGER NOT NULL,
  nth   INTEGER NOT NULL, -- in which order they came
  PRIMARY KEY(room, user)
) WITHOUT ROWID;
CREATE INDEX room_people_user ON room_people(user, room);

-- And those of the moderators' room (base/room_name.rs), who are the moderators and owners.
CREATE VIEW people_of_rooms(room, user, nth) AS
  SELECT room, user, nth FROM room_people
  UNION ALL
  SELECT '__pmoderatorsmoderators', id, id FROM users
    WHERE role >= 2 AND (role > 0 OR muted IS NOT NULL OR banned IS NOT NULL);

-- Who writes in a room, and how often (base/room_rules.rs).
ALTER TABLE rooms ADD COLUMN writers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN slow INTEGER NOT NULL DEFAULT 0; -- seconds
ALTER TABLE rooms ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0; -- retention takes all that is in it
CREATE INDEX rooms_deleted ON rooms(id) WHERE deleted;

-- When somebody has said something last in a room that was in slow mode then.
CREATE TABLE turns(room INTEGER NOT NULL, user INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(room, user)) WITHOUT ROWID;
CREATE INDEX turns_at ON turns(at);

CREATE TABLE address_bans(range TEXT PRIMARY KEY, until INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
