-- What other annotators decided, beside what the project says itself. Rows of a layer never change; a removed one is kept.
CREATE TABLE layers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  added_at INTEGER NOT NULL,   -- milliseconds since 1970
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

-- The videos that its annotator worked on, those without a segment too.
CREATE TABLE layer_videos (
  layer_id INTEGER NOT NULL REFERENCES layers (id),
  video_id INTEGER NOT NULL REFERENCES videos (id),
  PRIMARY KEY (layer_id, video_id)
) STRICT, WITHOUT ROWID;

-- A class may be taken back by undo: then its rows are out of sight until it is there again.
CREATE TABLE layer_segments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  layer_id INTEGER NOT NULL REFERENCES layers (id),
  video_id INTEGER NOT NULL REFERENCES videos (id),
  class_id INTEGER NOT NULL,
  body TEXT NOT NULL           -- JSON: the rest of the segment
) STRICT;
CREATE INDEX layer_segments_of_video ON layer_segments (video_id, layer_id);
