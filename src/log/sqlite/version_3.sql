-- From version 2 to 3: a message mentions people, replies stand in threads, and rooms have titles and makers.

-- Names and ids as JSON, of messages that mention somebody; gone with the text.
ALTER TABLE entries ADD COLUMN mentions TEXT;

-- The message that the thread of a reply began with, and the replies under such a message, deleted ones not counted. What
-- is there already is filled in by threads.rs.
ALTER TABLE entries ADD COLUMN root INTEGER;
ALTER TABLE entries ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entries_threads ON entries(root, seq) WHERE root IS NOT NULL;

-- All rooms that are there are reached by their links alone, and nobody has made them.
ALTER TABLE rooms ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN listed INTEGER NOT NULL DEFAULT 0; -- it stands in the directory
ALTER TABLE rooms ADD COLUMN maker INTEGER; -- whoever set these first, and may set them again
CREATE INDEX rooms_listed ON rooms(name) WHERE listed;
