import type { Edit } from '#preload/domain/edit.ts';
import { changesTeaching } from '../annotation/changes-teaching.ts';
import { requestRescore } from '../jobs/rescore-job.ts';
import { requestTuning, tuningObstacle } from '../jobs/tune-job.ts';
import { toFailure } from '../studio/to-failure.ts';
import type { OpenProject } from './open-project.ts';

/** Corrections come in bursts, key by key: proposals follow when the hand rests. */
const restMs = 1000;

/** Lets what a person decides speak up at once, and tunes by itself where the project says so. */
export class LearnFromEdits {
  readonly #project: OpenProject;
  #timer: NodeJS.Timeout | null = null;

  constructor(project: OpenProject) {
    this.#project = project;
    project.closing.addEventListener('abort', () => clearTimeout(this.#timer ?? undefined), { once: true });
  }

  edited(edit: Edit): void {
    const { closing, readOnly, studio } = this.#project;
    if (!changesTeaching(edit) || closing.aborted || readOnly) return;
    studio.changes.publish({ topic: 'tuning' });
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => this.#learn(), restMs).unref();
  }

  #learn(): void {
    const project = this.#project;
    if (project.closing.aborted) return;
    try {
      requestRescore(project);
      const { automaticTuning } = project.settings;
      if (automaticTuning === 0 || tuningObstacle(project) !== null) return;
      const [newest] = project.database.tunedVersions.all();
      const since = project.database.corrections.all().length - (newest?.corrections ?? 0);
      if (since >= automaticTuning) requestTuning(project, 'quick', 1);
    } catch (error) {
      // The corrections are stored; what follows from them comes with the next one.
      process.stderr.write(`Learning from the latest corrections could not be queued: ${toFailure(error).message}\n`);
    }
  }
}
