-- How far a store has applied the order that several machines agree on (replica.rs). A chat on one machine has neither table.

CREATE TABLE IF NOT EXISTS ledger(
  id       INTEGER PRIMARY KEY CHECK (id = 0),
  position INTEGER NOT NULL, -- of the last message that was applied
  at       INTEGER NOT NULL, -- the engine's time for it, in Unix milliseconds
  run      INTEGER NOT NULL, -- the start of a machine that it is from
  n        INTEGER NOT NULL, -- its place among those of that start
  digest   INTEGER NOT NULL, -- of the outcomes of all up to it
  rules    INTEGER NOT NULL  -- by which records are judged behind it
);

-- The starts of machines of which a message may still come (ledger/runs.rs).
CREATE TABLE IF NOT EXISTS runs(
  run    INTEGER PRIMARY KEY,
  high   INTEGER NOT NULL, -- the place of the last that took effect
  last   INTEGER NOT NULL, -- the last position at which it was heard of
  closed INTEGER NOT NULL
);
