import { setTimeout } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { jobKind } from '#preload/domain/job.ts';
import type { Job, JobKind } from '#preload/domain/job.ts';
import type { Told } from '#preload/domain/saying.ts';
import type { StoredJob } from '../database/jobs-table.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { toFailure } from '../failures/to-failure.ts';
import { LiveProgress } from './live-progress.ts';

/** What a running job may use: its row, the signal that ends it, and its voice. */
export interface JobRun {
  readonly job: StoredJob;
  readonly signal: AbortSignal;
  /** `done` from 0 to 1. */
  progress(done: number, step: Told): void;
  /** Something to say that is not a failure, kept with the job. */
  note(words: Told): void;
  /** Ties the job to the video that it made. */
  setVideo(videoId: number): void;
}

/**
 * Kinds that wait for each other share a lane; each lane runs one job at a time. So imports, players' copies and scoring
 * go on beside a long embedding, while two embeddings never compete for the accelerator.
 */
export type Lane = 'files' | 'copies' | 'features' | 'scores' | 'learning' | 'exports';

/** What the queue must know of a kind of job. */
export interface QueuedKind {
  readonly lane: Lane;
  /** Whether the video that a person has before them comes before those that were queued earlier. */
  readonly inViewFirst?: true;
  /** What a person reads; `subject` is what the job is about, such as a video's name. */
  title(subject: string): Told;
}

/** A job to queue. */
export interface NewJob {
  readonly kind: JobKind;
  /** What its title is about; empty where the kind says it all. */
  readonly subject: string;
  readonly videoId: number | null;
  /** JSON-able; what the kind needs beyond the video to do it after a restart. */
  readonly work: unknown;
}

/** How much further, as a share of the whole, a job must get between two crashes to be given another try. */
const advanceBetweenCrashes = 0.005;

/** How long to wait before the end of a job is stored again, in milliseconds. */
const storeAgainMs = 5000;

/** How long closing waits for jobs to notice, in milliseconds. */
const longestFarewellMs = 5000;

type EndReason = 'cancelled' | 'restart' | 'closing';

interface Running {
  readonly kind: JobKind;
  readonly progress: LiveProgress;
  readonly controller: AbortController;
  endReason: EndReason | null;
  settled: Promise<void>;
}

/** Jobs as rows: they run lane by lane, report, can be cancelled, and wait for the next start when the program ends. */
export class JobQueue {
  readonly #database: ProjectDatabase;
  readonly #kinds: Readonly<Record<JobKind, QueuedKind>>;
  readonly #lanes: readonly (readonly JobKind[])[];
  readonly #perform: (run: JobRun) => Promise<void>;
  readonly #publish: (job: Job) => void;
  readonly #videoInView: () => number | null;
  readonly #running = new Map<number, Running>();
  #isOpen = false;
  /** Set once nobody waits for jobs any longer: the database may be gone by the time that a slow one notices. */
  #isLeft = false;

  constructor(
    database: ProjectDatabase,
    kinds: Readonly<Record<JobKind, QueuedKind>>,
    does: {
      /** Does one job, whatever its kind. */
      readonly perform: (run: JobRun) => Promise<void>;
      readonly publish: (job: Job) => void;
      readonly videoInView: () => number | null;
    },
  ) {
    this.#database = database;
    this.#kinds = kinds;
    this.#lanes = [...Map.groupBy(jobKind.options, (kind) => kinds[kind].lane).values()];
    this.#perform = does.perform;
    this.#publish = does.publish;
    this.#videoInView = does.videoInView;
  }

  /** Whether a job runs. */
  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Takes up what was left unfinished last time, and everything that is added from now on. */
  start(): void {
    this.#isOpen = true;
    this.#advance();
  }

  /** Stops what runs and leaves it queued for the next start. */
  async close(): Promise<void> {
    this.#isOpen = false;
    const running = [...this.#running.values()];
    for (const entry of running) this.#end(entry, 'closing');
    const farewell = new AbortController();
    await Promise.race([
      Promise.all(running.map((entry) => entry.settled)),
      setTimeout(longestFarewellMs, undefined, { signal: farewell.signal }).catch(() => undefined),
    ]);
    farewell.abort();
    this.#isLeft = true;
  }

  /** Queues jobs in one transaction and answers their identifiers, in order. */
  add(jobs: readonly NewJob[]): number[] {
    const at = Date.now();
    const ids = this.#database.transaction(() =>
      jobs.map(({ kind, subject, videoId, work }) =>
        this.#database.jobs.insert({ kind, title: this.#kinds[kind].title(subject), videoId, work }, at),
      ),
    );
    for (const id of ids) this.#tell(id);
    this.#advance();
    return ids;
  }

  /** Newest first, with the progress of those that run. */
  list(): Job[] {
    return this.#database.jobs.all().map((row) => this.#toJob(row));
  }

  /** Null for one that was cleared. */
  get(id: number): Job | null {
    const row = this.#database.jobs.get(id);
    return row === null ? null : this.#toJob(row);
  }

  /** Queued or running jobs of a kind, oldest first. */
  unfinished(kind: JobKind): StoredJob[] {
    return this.#database.jobs.unfinished(kind);
  }

  /** Fails with `not-found` before anything is cancelled. Finished jobs stay as they are. */
  cancel(ids: readonly number[]): void {
    for (const row of ids.map((id) => this.#row(id))) {
      const entry = this.#running.get(row.id);
      if (entry !== undefined) this.#end(entry, 'cancelled');
      else if (row.state === 'queued') this.#store({ ...row, state: 'cancelled', finishedAt: Date.now() });
    }
  }

  /** Cancels what waits or runs for a video. */
  cancelOf(videoId: number): void {
    this.cancel(this.jobsOf(videoId));
  }

  /** What waits or runs for a video. */
  jobsOf(videoId: number): number[] {
    return jobKind.options
      .flatMap((kind) => this.unfinished(kind))
      .flatMap((job) => (job.videoId === videoId ? job.id : []));
  }

  /** Queues failed and cancelled jobs again under the same identifier. Fails with `not-found`. */
  retry(ids: readonly number[]): void {
    for (const row of ids.map((id) => this.#row(id))) {
      if (row.state === 'failed' || row.state === 'cancelled') this.#store(asQueued({ ...row, crashes: 0 }));
    }
    this.#advance();
  }

  /** Begins a job anew because what it works on changed; one that only waits has seen nothing yet. */
  restart(id: number): void {
    const entry = this.#running.get(id);
    if (entry !== undefined) this.#end(entry, 'restart');
  }

  /** The same of all that run and are of these kinds. */
  restartAll(kinds: readonly JobKind[]): void {
    for (const entry of this.#running.values()) if (kinds.includes(entry.kind)) this.#end(entry, 'restart');
  }

  /** Forgets finished jobs. */
  clear(): void {
    this.#database.transaction(() => this.#database.jobs.clearFinished());
  }

  #row(id: number): StoredJob {
    const row = this.#database.jobs.get(id);
    if (row === null) throw new Failure('not-found', say('There is no job {{id}}.', { id: String(id) }), { jobId: id });
    return row;
  }

  #end(entry: Running, reason: EndReason): void {
    // A person's wish to cancel outlives a restart that was asked for before.
    if (entry.endReason === 'cancelled' && reason === 'restart') return;
    entry.endReason = reason;
    entry.controller.abort(new Failure('cancelled', say('This was cancelled.')));
  }

  #advance(): void {
    if (!this.#isOpen) return;
    for (const lane of this.#lanes) {
      if ([...this.#running.values()].some((entry) => lane.includes(entry.kind))) continue;
      const inViewFirst = lane.every((kind) => this.#kinds[kind].inViewFirst);
      const next = this.#database.jobs.nextQueued(lane, inViewFirst ? this.#videoInView() : null);
      if (next !== null) this.#begin(next);
    }
  }

  #begin(row: StoredJob): void {
    const progress = new LiveProgress(() => this.#tell(row.id));
    const controller = new AbortController();
    const entry: Running = { kind: row.kind, progress, controller, endReason: null, settled: Promise.resolve() };
    this.#running.set(row.id, entry);
    this.#tell(row.id);
    entry.settled = this.#run(row, entry);
  }

  async #run(row: StoredJob, entry: Running): Promise<void> {
    const { progress, controller } = entry;
    let job: StoredJob = { ...row, notes: [] };
    const run: JobRun = {
      job,
      signal: controller.signal,
      progress: (done, step) => progress.set(done, step),
      note: (text) => {
        job = { ...job, notes: [...job.notes, text] };
      },
      setVideo: (videoId) => {
        job = { ...job, videoId };
      },
    };
    let failure: Failure | null = null;
    try {
      await this.#perform(run);
    } catch (error) {
      // What a job meets after the farewell is the end of everything it works with, and no news.
      failure = this.#isLeft ? new Failure('cancelled', say('This was cancelled.')) : toFailure(error);
    }
    progress.stop();
    await this.#storeEnd(() => outcome(job, failure, entry));
    this.#running.delete(row.id);
    this.#tell(row.id);
    this.#advance();
  }

  /**
   * Tries until there is room on the disk, or the project closes; then the job is done again at the next start. Whoever
   * wants the job anew may say so until its end is stored.
   */
  async #storeEnd(end: () => StoredJob): Promise<void> {
    while (!this.#isLeft) {
      try {
        this.#database.relaxedTransaction(() => this.#database.jobs.update(end()));
        return;
      } catch (error) {
        toFailure(error);
        if (!this.#isOpen) return;
        await setTimeout(storeAgainMs);
      }
    }
  }

  #store(row: StoredJob): void {
    this.#database.transaction(() => this.#database.jobs.update(row));
    this.#tell(row.id);
  }

  #tell(id: number): void {
    if (this.#isLeft) return;
    const job = this.get(id);
    if (job !== null) this.#publish(job);
  }

  #toJob({ work: _work, crashes: _crashes, ...row }: StoredJob): Job {
    const live = this.#running.get(row.id)?.progress;
    if (live === undefined) return { ...row, step: '', remainingS: null };
    return { ...row, state: 'running', progress: live.done, step: live.step, remainingS: live.remainingS };
  }
}

const asQueued = (row: StoredJob): StoredJob => ({
  ...row,
  state: 'queued',
  progress: 0,
  failure: null,
  notes: [],
  finishedAt: null,
});

/** The row of a job that has ended, or waits again. */
function outcome(row: StoredJob, failure: Failure | null, { endReason, progress }: Running): StoredJob {
  if (endReason === 'restart') return asQueued(row);
  if (failure === null) return { ...row, state: 'done', progress: 1, failure: null, finishedAt: Date.now() };
  if (endReason === 'closing') return asQueued(row);
  if (endReason === 'cancelled') return { ...row, state: 'cancelled', progress: progress.done, finishedAt: Date.now() };
  // An engine that was killed from outside lets a job go on; one that dies again at the same place is killed by the job.
  const gotFurther = progress.done > row.progress + advanceBetweenCrashes;
  if (failure.code === 'engine-stopped' && (row.crashes === 0 || gotFurther)) {
    return { ...asQueued(row), progress: progress.done, crashes: row.crashes + 1 };
  }
  return { ...row, state: 'failed', progress: progress.done, failure: failure.toValue(), finishedAt: Date.now() };
}
