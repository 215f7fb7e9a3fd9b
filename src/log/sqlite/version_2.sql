-- From version 1 to 2, beside the search index, which is made anew and the days and the rooms' sizes with it.

ALTER TABLE rooms ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
-- A number is not used again of which only the days still knew.
INSERT INTO meta(key, value) SELECT 'gone_floor', last FROM (SELECT max(last) AS last FROM days)
  WHERE last > (SELECT coalesce(max(seq), 0) FROM entries) AND last > (SELECT coalesce(max(floor), 0) FROM rooms);
DELETE FROM days;

-- A message has the text of its last edit, and one edit.
UPDATE entries SET text = c.text FROM changes c WHERE c.seq = entries.seq AND c.text IS NOT NULL AND NOT c.deleted;
DELETE FROM entries WHERE kind = 1
  AND seq < (SELECT max(l.seq) FROM entries l WHERE l.target = entries.target AND l.kind = 1);
UPDATE entries SET text = NULL WHERE kind = 1;
ALTER TABLE changes DROP COLUMN text;

-- Reactions are counted.
CREATE TABLE reaction_kinds(
  message INTEGER NOT NULL,
  emoji   TEXT NOT NULL,
  count   INTEGER NOT NULL,
  first   INTEGER NOT NULL,
  PRIMARY KEY(message, emoji)
) WITHOUT ROWID;
INSERT INTO reaction_kinds SELECT message, emoji, count(*), min(seq) FROM reactions GROUP BY message, emoji;
CREATE TABLE erasing(message INTEGER PRIMARY KEY);

-- The clock was right when the last entry was made.
INSERT INTO meta(key, value) SELECT 'clock', at FROM entries ORDER BY seq DESC LIMIT 1;

CREATE TABLE starts(id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, tag BLOB NOT NULL UNIQUE);
