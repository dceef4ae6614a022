-- One store for what was learned, whatever its kind; of each kind one version may be live.
CREATE TABLE versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,          -- no list here: a further kind is no reason to migrate
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  model TEXT NOT NULL,
  model_hash TEXT,             -- NULL where it was not kept
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  file TEXT NOT NULL UNIQUE,   -- from `tuned/`, with '/'
  corrections INTEGER NOT NULL, -- how many it learned from
  facts TEXT NOT NULL          -- JSON: what the kind says of itself, the gate's decision, curve
) STRICT;
CREATE UNIQUE INDEX one_live_version_of_a_kind ON versions (kind) WHERE live = 1;

-- How many versions of a kind there have been: the next one is named by its number.
CREATE TABLE version_numbers (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

INSERT INTO versions
  SELECT id, 'prompts', name, created_at, model, model_hash, live, file, corrections,
    json_set(facts, '$.preset', preset, '$.seed', seed)
  FROM tuned_versions;
INSERT INTO version_numbers
  SELECT 'prompts', seq FROM sqlite_sequence WHERE name = 'tuned_versions' AND seq > 0;

-- Versions of a scorer were JSON files; which one was live was a setting.
INSERT INTO versions (kind, name, created_at, model, live, file, corrections, facts)
  SELECT 'scorer', value ->> 'name', value ->> 'createdAt', value ->> 'scorerModel',
    coalesce(value ->> 'id' = (SELECT value ->> '$' FROM settings WHERE name = 'scorerVersion')
      AND value ->> 'scorerModel' = (SELECT value ->> '$' FROM settings WHERE name = 'scorerModel'), 0),
    'scorer/' || (value ->> 'id') || '.safetensors', 0,
    json_remove(value, '$.id', '$.name', '$.createdAt', '$.scorerModel')
  FROM json_each(scorer_version_descriptions())
  ORDER BY value ->> 'createdAt';
INSERT INTO version_numbers
  SELECT 'scorer', max(count(*), coalesce(max(CAST(substr(name, 9) AS INTEGER)), 0))
  FROM versions WHERE kind = 'scorer' HAVING count(*) > 0;
DELETE FROM settings WHERE name = 'scorerVersion';
DROP TABLE tuned_versions;

-- Who scored a proposal was a sentence; now it is facts. The log of edits holds the same.
UPDATE segments SET source = typed_source(source) WHERE source LIKE '%X-CLIP %';
UPDATE edits SET body = typed_sources_in(body) WHERE body LIKE '%X-CLIP %';

-- Kinds of jobs are the program's list, not the file's: a further kind is no reason to migrate.
CREATE TABLE jobs_of_any_kind (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
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
INSERT INTO jobs_of_any_kind SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_of_any_kind RENAME TO jobs;
CREATE INDEX jobs_by_state ON jobs (state, id);
