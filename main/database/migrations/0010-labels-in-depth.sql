-- A class may lie below another, be defined in words and by segments that show it, and be told to the text encoder in
-- several ways; its events may be points of one frame; its children may be kept from overlapping.
ALTER TABLE classes ADD COLUMN parent_id INTEGER;                  -- one that is not there counts for none
ALTER TABLE classes ADD COLUMN definition TEXT;
ALTER TABLE classes ADD COLUMN kind TEXT CHECK (kind = 'point');   -- NULL: spans
ALTER TABLE classes ADD COLUMN exclusive INTEGER NOT NULL DEFAULT 0 CHECK (exclusive IN (0, 1));
ALTER TABLE classes ADD COLUMN more_prompts TEXT;                  -- JSON: texts; NULL: none
ALTER TABLE classes ADD COLUMN examples TEXT;                      -- JSON: ids of segments; NULL: none

ALTER TABLE segments ADD COLUMN subject TEXT;                      -- who acts; NULL: not said
ALTER TABLE segments ADD COLUMN ambiguous INTEGER NOT NULL DEFAULT 0 CHECK (ambiguous IN (0, 1));
ALTER TABLE segments ADD COLUMN locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1));
ALTER TABLE segments ADD COLUMN attributes TEXT;                   -- JSON: values by the attribute's id; NULL: none
CREATE INDEX segments_by_subject ON segments (subject) WHERE subject IS NOT NULL;

-- What may be said of segments beyond their class. A removed one keeps its values, out of sight, so that undo brings both back.
CREATE TABLE attributes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('choice', 'number', 'text')),
  options TEXT NOT NULL,       -- JSON: what a choice is made of
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  class_ids TEXT,              -- JSON: whose segments have it; NULL: those of all classes
  position INTEGER NOT NULL,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1))
) STRICT;
