-- Times are integer microseconds on the presentation timeline; instants (`at`, `*_at`) are milliseconds since 1970.

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE videos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  relative_path TEXT,          -- from the project folder, with '/'; NULL where there is none (another drive)
  absolute_path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  checksum TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,         -- JSON
  frames BLOB NOT NULL,        -- deflated steps between frame starts, see frame-table-blob.ts
  proxy TEXT,                  -- file name inside proxies/
  removed INTEGER NOT NULL DEFAULT 0,
  added_at INTEGER NOT NULL
) STRICT;

-- Which frame features are stored, so that the library need not ask the engine about every video.
CREATE TABLE features (
  video_id INTEGER NOT NULL REFERENCES videos (id),
  model TEXT NOT NULL,
  sampling_fps REAL NOT NULL,
  key TEXT NOT NULL,           -- file stem inside features/
  PRIMARY KEY (video_id, model, sampling_fps)
) STRICT, WITHOUT ROWID;

CREATE TABLE classes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  prompt TEXT NOT NULL,
  colour TEXT NOT NULL,
  digit_key INTEGER,
  position INTEGER NOT NULL,
  removed INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: an identifier is never given twice, so that redo cannot meet another row under the same one.
CREATE TABLE segments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  video_id INTEGER NOT NULL REFERENCES videos (id),
  class_id INTEGER NOT NULL REFERENCES classes (id),
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'rejected')),
  score REAL,
  source TEXT NOT NULL,        -- JSON
  touched INTEGER NOT NULL,
  ranking TEXT NOT NULL,       -- JSON
  note TEXT NOT NULL
) STRICT;
CREATE INDEX segments_by_video ON segments (video_id, start_us);
CREATE INDEX segments_by_class ON segments (class_id, state);

CREATE TABLE reviews (
  video_id INTEGER NOT NULL REFERENCES videos (id),
  class_id INTEGER NOT NULL REFERENCES classes (id),
  state TEXT NOT NULL CHECK (state IN ('unseen', 'in-progress', 'complete')),
  PRIMARY KEY (video_id, class_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  label TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('user', 'model', 'import')),
  record TEXT NOT NULL CHECK (record IN ('undoable', 'silent')),
  -- 'undone' can be redone; 'discarded' was undone and then passed over by a new edit.
  standing TEXT NOT NULL CHECK (standing IN ('done', 'undone', 'discarded')),
  body TEXT NOT NULL           -- JSON of the row changes
) STRICT;
CREATE INDEX edits_to_undo ON edits (id) WHERE record = 'undoable' AND standing = 'done';
CREATE INDEX edits_to_redo ON edits (id) WHERE standing = 'undone';

CREATE TABLE edit_segments (
  segment_id INTEGER NOT NULL,
  edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  PRIMARY KEY (segment_id, edit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_segments_by_edit ON edit_segments (edit_id);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'proxy', 'embed', 'propose', 'rescore')),
  title TEXT NOT NULL,
  video_id INTEGER REFERENCES videos (id),
  work TEXT NOT NULL,          -- JSON: what the kind needs beyond the video
  -- That a job runs is a fact of the process that runs it: to the file it is queued until it has ended.
  state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed', 'cancelled')),
  progress REAL NOT NULL,
  failure TEXT,                -- JSON
  notes TEXT NOT NULL,         -- JSON
  crashes INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state, id);
