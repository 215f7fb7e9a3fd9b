-- The search index, which is made from the log and can be made again from it. Part of schema.sql, and made anew by a
-- new version of the store that splits words in another way (store.rs).
--
-- The words of a message as words.rs splits them, so that there is a space wherever a word ends, and tags that say who said it in which room. Words of two and three
-- letters ("the", "to") are the beginnings of many others. Those prefixes have lists of their own: put together from the
-- lists of all longer words, they took half of a search's time.
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
