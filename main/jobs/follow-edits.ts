import type { Edit } from '#preload/domain/edit.ts';
import { changesScoring } from '../annotation/changes-scoring.ts';
import { changesTeaching } from '../annotation/changes-teaching.ts';
import { toFailure } from '../failures/to-failure.ts';
import type { ProjectWork } from './project-work.ts';
import { requestReading } from './recording-job.ts';
import { requestRescore, requestRescoreByDecisions } from './rescore-job.ts';
import { correctionsSince, requestTuning, tuningObstacle } from './tune-job.ts';

/** Corrections come in bursts, key by key: proposals follow at once, a tuning begins when the hand rests. */
const restMs = 250;

/**
 * Lets what a person decides speak up at once: proposals are scored anew after a change of classes, settings or
 * corrections, and a tuning begins by itself where the project says so.
 */
export function followEdits(work: ProjectWork): void {
  const { project } = work;
  let timer: NodeJS.Timeout | null = null;
  const rest = () => clearTimeout(timer ?? undefined);
  project.closing.addEventListener('abort', rest, { once: true });
  project.news.on('scoredOtherwise', () => requestRescore(work));
  project.news.on('edited', (edit) => {
    if (changesTeaching(edit) && !project.closing.aborted && !project.readOnly) {
      project.publish({ topic: 'tuning' });
      rest();
      timer = setTimeout(() => tune(work), restMs).unref();
    }
    dropJobsOfRemoved(work, edit);
    for (const { after } of edit.recordings) if (after !== null) requestReading(work, after);
    scoreAgain(work, edit);
  });
}

/** What is done for a video that an edit, or undoing one, took away is done for nobody; reading it again is what may have. */
function dropJobsOfRemoved({ project, queue }: ProjectWork, edit: Edit): void {
  for (const { before, after } of edit.videos) {
    const id = (after ?? before)?.id;
    if (id === undefined || project.database.videos.get(id)?.removed !== true) continue;
    queue.cancel(queue.jobsOf(id).filter((job) => queue.get(job)?.kind !== 'read-again'));
  }
}

function scoreAgain(work: ProjectWork, edit: Edit): void {
  try {
    if (changesScoring(edit)) requestRescore(work);
    else if (changesTeaching(edit)) requestRescoreByDecisions(work);
  } catch (error) {
    // The edit itself is stored; proposals follow with the next one.
    process.stderr.write(`Scoring again could not be queued: ${toFailure(error).message}\n`);
  }
}

function tune(work: ProjectWork): void {
  const { project } = work;
  if (project.closing.aborted) return;
  try {
    const { automaticTuning } = project.settings;
    if (automaticTuning === 0 || tuningObstacle(project) !== null) return;
    if (correctionsSince(project) >= automaticTuning) requestTuning(work, 'quick', 1);
  } catch (error) {
    // The corrections are stored; what follows from them comes with the next one.
    process.stderr.write(`Learning from the latest corrections could not be queued: ${toFailure(error).message}\n`);
  }
}
