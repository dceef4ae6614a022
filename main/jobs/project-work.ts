import type { ProviderReport } from '#preload/domain/model.ts';
import type { ScorerQuestion } from '#preload/domain/scorer-version.ts';
import type { Engine } from '../engine/tasks.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobQueue } from './job-queue.ts';
import type { TrainingCurve } from './training-curve.ts';

/** The work on one open project: what its jobs work with, and the queue that they wait in. */
export interface ProjectWork {
  readonly project: OpenProject;
  readonly engine: Engine;
  readonly queue: JobQueue;
  readonly training: TrainingCurve;
  /** A tuning of the scorer that waits for a person's word. */
  scorerQuestion: ScorerQuestion | null;
  /** Segments that are selected in any window. */
  selected(): ReadonlySet<number>;
  /** How the execution provider was chosen for the model that was used just now. */
  noteProvider(report: ProviderReport): void;
}
