-- Versions of what was learned from corrections; their tensors are files in `tuned/`.
CREATE TABLE tuned_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  model TEXT NOT NULL,
  model_hash TEXT NOT NULL,
  preset TEXT NOT NULL,
  seed INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  file TEXT NOT NULL UNIQUE,   -- name in `tuned/`
  corrections INTEGER NOT NULL, -- how many it learned from
  facts TEXT NOT NULL          -- JSON: shots, held-out scores, the gate's decision, parts, curve
) STRICT;
CREATE UNIQUE INDEX one_live_version ON tuned_versions (live) WHERE live = 1;

-- A new kind of job: SQLite cannot change a CHECK in place.
CREATE TABLE jobs_with_tuning (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'proxy', 'embed', 'propose', 'rescore', 'tune', 'tune-scorer')),
  title TEXT NOT NULL,
  video_id INTEGER REFERENCES videos (id),
  work TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed', 'cancelled')),
  progress REAL NOT NULL,
  failure TEXT,
  notes TEXT NOT NULL,
  crashes INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
INSERT INTO jobs_with_tuning SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_with_tuning RENAME TO jobs;
CREATE INDEX jobs_by_state ON jobs (state, id);
