-- The schema of version 2 of the store, with its search index, from which stores are migrated.

CREATE TABLE meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

-- Each time that the store was opened to be written (starts.rs).
CREATE TABLE starts(
  id  INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL, -- the last number that was given out before
  tag BLOB NOT NULL UNIQUE
);

CREATE TABLE rooms(
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL DEFAULT '',
  floor INTEGER NOT NULL DEFAULT 0, -- the last entry that retention took: a cursor before it has a hole
  -- What retention goes by, as far as `indexed` in meta: follow.rs adds, whoever deletes subtracts.
  messages INTEGER NOT NULL DEFAULT 0,
  bytes    INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE users(
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL,
  seen  INTEGER NOT NULL,          -- Unix milliseconds
  spoke INTEGER NOT NULL DEFAULT 0 -- an entry is theirs; whoever only came once is forgotten after a while
);

-- Whose a name is: all names that look alike have a key in common (name.rs).
CREATE TABLE names(key TEXT PRIMARY KEY, user INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX names_user ON names(user);

CREATE TABLE entries(
  seq    INTEGER PRIMARY KEY,
  room   INTEGER NOT NULL,
  at     INTEGER NOT NULL, -- Unix milliseconds
  user   INTEGER NOT NULL,
  kind   INTEGER NOT NULL, -- row.rs
  target INTEGER,          -- the message that this changes, or answers
  text   TEXT,             -- a text (after its last edit), an emoji, a topic, a name; gone once it is deleted
  cid    TEXT              -- the client's own id for a message
);
CREATE INDEX entries_messages ON entries(room) WHERE kind = 0;
CREATE INDEX entries_others ON entries(room) WHERE kind > 0;
CREATE INDEX entries_edits ON entries(target) WHERE kind = 1; -- the last edit of a message: it replaced those before
CREATE UNIQUE INDEX entries_said_once ON entries(user, room, cid) WHERE cid IS NOT NULL;

-- What has become of messages that something happened to.
CREATE TABLE changes(
  seq     INTEGER PRIMARY KEY,
  changed INTEGER NOT NULL, -- the last entry that touched the message
  edited  INTEGER,          -- when
  deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE reactions(
  message INTEGER NOT NULL,
  emoji   TEXT NOT NULL,
  user    INTEGER NOT NULL,
  seq     INTEGER NOT NULL, -- the entry
  PRIMARY KEY(message, emoji, user)
) WITHOUT ROWID;

-- The reactions of a message, counted: neither reacting nor reading costs more for the number of people who did.
CREATE TABLE reaction_kinds(
  message INTEGER NOT NULL,
  emoji   TEXT NOT NULL,
  count   INTEGER NOT NULL,
  first   INTEGER NOT NULL, -- the entry that began it: the oldest kind comes first
  PRIMARY KEY(message, emoji)
) WITHOUT ROWID;

-- Messages that are gone, whose reactions maintenance still has to delete.
CREATE TABLE erasing(message INTEGER PRIMARY KEY);

CREATE TABLE reads(user INTEGER NOT NULL, room INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(user, room)) WITHOUT ROWID;

-- Where the entries of a day are (since 1970, UTC; other days may have some there too): dates in a search are turned into
-- numbers with it, and retention finds what is old. As far as `indexed` in meta.
CREATE TABLE days(day INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);

CREATE VIRTUAL TABLE search USING fts5(
  text, tags,
  content = '', columnsize = 0, prefix = '2 3',
  tokenize = 'ascii'
);
-- A word that is removed is erased from the pages of the index. Otherwise a marker is added, and the word remains until
-- the pages happen to be merged.
INSERT INTO search(search, rank) VALUES('secure-delete', 1);
-- Merging is done in small steps (search.rs): left to SQLite, a step takes tens of milliseconds.
INSERT INTO search(search, rank) VALUES('automerge', 0);
-- Eight parts become one. With four, each page is written half as often again; with sixteen, a search looks in too many.
INSERT INTO search(search, rank) VALUES('usermerge', 8);

-- Messages that were edited, deleted or forgotten after they were indexed. Their words are removed in steps, since the
-- removal of a long text takes a tenth of a second. A message that still exists is then indexed again.
CREATE TABLE stale(
  seq  INTEGER PRIMARY KEY,
  text TEXT NOT NULL, -- whose words are to be removed
  tags TEXT NOT NULL
);
