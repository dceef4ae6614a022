import type Database from 'better-sqlite3';
import { z } from 'zod';
import { failureValue, jobKind } from '#preload/domain/job.ts';
import type { Job, JobKind } from '#preload/domain/job.ts';
import { told } from '#preload/domain/saying.ts';
import { readStored, readStoredPlainly } from './stored-json.ts';
import { toldColumns, toldIn } from './told-columns.ts';

const notes = z.array(told);

/** A job's row: what everybody sees of it while it does not run, and what its kind needs to do it after a restart. */
export interface StoredJob extends Omit<Job, 'state' | 'step' | 'remainingS'> {
  /** A running job's row is queued, so that it is taken up again however the program ends. */
  readonly state: Exclude<Job['state'], 'running'>;
  /** JSON-able; each kind knows its own. */
  readonly work: unknown;
  /** How often the engine stopped under it without its getting further. */
  readonly crashes: number;
}

export type NewJob = Pick<StoredJob, 'kind' | 'title' | 'videoId' | 'work'>;

interface JobRow {
  readonly id: number;
  readonly kind: JobKind;
  readonly title: string;
  readonly said: string | null;
  readonly video_id: number | null;
  readonly work: string;
  readonly state: StoredJob['state'];
  readonly progress: number;
  readonly failure: string | null;
  readonly notes: string;
  readonly crashes: number;
  readonly created_at: number;
  readonly finished_at: number | null;
}

const toJob = (row: JobRow): StoredJob => ({
  id: row.id,
  kind: row.kind,
  title: toldIn(row.title, row.said),
  videoId: row.video_id,
  work: readStoredPlainly(row.work, 'a job’s order'),
  state: row.state,
  progress: row.progress,
  failure: row.failure === null ? null : readStored(failureValue, row.failure, 'a job’s failure'),
  notes: readStored(notes, row.notes, 'a job’s notes'),
  crashes: row.crashes,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});

/** Rows of jobs. */
export class JobsTable {
  readonly #all: Database.Statement<[string], JobRow>;
  readonly #get: Database.Statement<[number], JobRow>;
  readonly #unfinished: Database.Statement<[string], JobRow>;
  readonly #nextQueued: Database.Statement<[string, number | null], JobRow>;
  readonly #insert: Database.Statement<[JobKind, string, string | null, number | null, string, number]>;
  readonly #update: Database.Statement<
    [Pick<JobRow, 'id' | 'video_id' | 'state' | 'progress' | 'failure' | 'notes' | 'crashes' | 'finished_at'>]
  >;
  readonly #clearFinished: Database.Statement<[]>;

  constructor(connection: Database.Database) {
    this.#all = connection.prepare(
      'SELECT * FROM jobs WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY id DESC',
    );
    this.#get = connection.prepare('SELECT * FROM jobs WHERE id = ?');
    this.#unfinished = connection.prepare(`SELECT * FROM jobs WHERE state = 'queued' AND kind = ? ORDER BY id`);
    this.#nextQueued = connection.prepare(
      `SELECT * FROM jobs WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?)) ORDER BY coalesce(video_id = ?, 0) DESC, id LIMIT 1`,
    );
    this.#insert = connection.prepare(
      `INSERT INTO jobs (kind, title, said, video_id, work, state, progress, notes, created_at) VALUES (?, ?, ?, ?, ?, 'queued', 0, '[]', ?)`,
    );
    this.#update = connection.prepare(
      `UPDATE jobs SET video_id = @video_id, state = @state, progress = @progress, failure = @failure, notes = @notes,
         crashes = @crashes, finished_at = @finished_at WHERE id = @id`,
    );
    this.#clearFinished = connection.prepare(`DELETE FROM jobs WHERE state <> 'queued'`);
  }

  /** Newest first. Kinds that this program does not know are passed over. */
  all(): StoredJob[] {
    return this.#all.all(JSON.stringify(jobKind.options)).map(toJob);
  }

  get(id: number): StoredJob | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toJob(row);
  }

  /** Those of a kind that wait or run, oldest first. */
  unfinished(kind: JobKind): StoredJob[] {
    return this.#unfinished.all(kind).map(toJob);
  }

  /** The oldest queued job of any of these kinds; one about the video `first` comes before all others. */
  nextQueued(kinds: readonly JobKind[], first: number | null): StoredJob | null {
    const row = this.#nextQueued.get(JSON.stringify(kinds), first);
    return row === undefined ? null : toJob(row);
  }

  insert(value: NewJob, at: number): number {
    const { label, said } = toldColumns(value.title);
    const result = this.#insert.run(value.kind, label, said, value.videoId, JSON.stringify(value.work), at);
    return Number(result.lastInsertRowid);
  }

  update(value: StoredJob): void {
    this.#update.run({
      id: value.id,
      video_id: value.videoId,
      state: value.state,
      progress: value.progress,
      failure: value.failure === null ? null : JSON.stringify(value.failure),
      notes: JSON.stringify(value.notes),
      crashes: value.crashes,
      finished_at: value.finishedAt,
    });
  }

  clearFinished(): void {
    this.#clearFinished.run();
  }
}
