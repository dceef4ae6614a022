-- Named places in the edit log, to look at and to go back to: no rows are copied.
CREATE TABLE restore_points (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('person', 'model', 'import', 'bulk')),
  annotator TEXT,                    -- who asked for what came next; NULL: nobody said
  model TEXT,                        -- of the project then; NULL: none
  version TEXT,                      -- the prompts that were live; NULL: names as they were typed
  edit_id INTEGER NOT NULL,          -- the last edit before it
  turn_id INTEGER NOT NULL,          -- the last undo or redo before it
  next_segment_id INTEGER NOT NULL   -- no segment from here on was there then
) STRICT;

-- Each undo and redo, in order, and what an edit did otherwise than it says since a model run had come between.
CREATE TABLE turns (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  edit_id INTEGER NOT NULL,
  after_edit_id INTEGER NOT NULL,    -- the last edit there was when it happened
  direction TEXT NOT NULL CHECK (direction IN ('made', 'undone', 'redone')),
  segments TEXT                      -- JSON: row changes as they were; NULL: as the edit says
) STRICT;
