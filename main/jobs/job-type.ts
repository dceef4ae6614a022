import type { JobRun, QueuedKind } from './job-queue.ts';
import type { ProjectWork } from './project-work.ts';

/** What there is to know of one kind of job: how it waits and what a person reads of it, and how it is done. */
export interface JobType extends QueuedKind {
  run(work: ProjectWork, run: JobRun): Promise<void>;
}
