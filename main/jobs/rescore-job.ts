import { say } from '#preload/domain/saying.ts';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import { localiseVideo } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

/** How scoring a project again goes. */
interface Scoring {
  /** When each video was scored last, counted in videos: what begins anew goes on with those that wait longest. */
  readonly at: Map<number, number>;
  count: number;
  /** The first video comes before all others, and is answered even while corrections go on. */
  first: 'to come' | 'under way' | 'done';
  /** Whether something was decided since the first video began. */
  isOutdated: boolean;
}

/** So long a window has for what it fetches and draws, milliseconds. */
const showingMs = 200;

const scoringOf = new WeakMap<OpenProject, Scoring>();

/**
 * Asks for proposals from stored features with the classes as they are now. However often it is asked, there is one such
 * job: one that runs begins anew, one that waits is enough.
 */
export function requestRescore(work: ProjectWork): void {
  request(work, (jobId) => work.queue.restart(jobId));
}

/**
 * The same by what was decided just now. A first video that is being scored is scored to its end, and once more after it:
 * corrections that come faster than they are learned from would otherwise never be seen to teach anything.
 */
export function requestRescoreByDecisions(work: ProjectWork): void {
  request(work, (jobId) => {
    const scoring = scoringOf.get(work.project);
    if (scoring?.first === 'under way') scoring.isOutdated = true;
    else if (scoring?.first !== 'to come') work.queue.restart(jobId);
  });
}

function request({ project, queue }: ProjectWork, again: (jobId: number) => void): void {
  if (project.readOnly || !project.isAnyEmbedded()) return;
  const [waiting] = queue.unfinished('rescore');
  if (waiting !== undefined) again(waiting.id);
  else queue.add([{ kind: 'rescore', subject: '', videoId: null, work: null }]);
}

/**
 * Localisation in every video whose features are stored: first the video that a person has before them, then those that
 * were scored longest ago. A video whose file is missing is named and passed over.
 */
export const rescoreJob: JobType = {
  lane: 'scores',
  title: () => say('Score all videos again'),
  run: async (work, run) => {
    const { project } = work;
    const scoring = scoringOf.get(project) ?? { at: new Map(), count: 0, first: 'to come', isOutdated: false };
    scoringOf.set(project, scoring);
    const answered = await scoreFirst(work, scoring, run);
    const waiting = embeddedVideos(project).filter(({ id }) => id !== answered);
    const count = waiting.length + 1;
    // What a person looks at is on the screen before this machine is busy with what they do not.
    if (answered !== null && waiting.length > 0) await setTimeout(showingMs, undefined, { signal: run.signal });
    while (waiting.length > 0) {
      run.signal.throwIfAborted();
      const [video] = waiting.splice(waiting.indexOf(nextOf(project, waiting, scoring)!), 1);
      await score(work, video!, scoring, run, { done: count - waiting.length - 1, count });
    }
  },
};

/** Scores the first video until nothing was decided meanwhile; its identifier, or null where no video has features. */
async function scoreFirst(work: ProjectWork, scoring: Scoring, run: JobRun): Promise<number | null> {
  scoring.first = 'to come';
  try {
    // Whoever edits is answered before.
    await setImmediate();
    for (;;) {
      run.signal.throwIfAborted();
      const videos = embeddedVideos(work.project);
      const video = nextOf(work.project, videos, scoring);
      if (video === null) return null;
      const begunMs = performance.now();
      scoring.first = 'under way';
      scoring.isOutdated = false;
      await score(work, video, scoring, run, { done: 0, count: videos.length });
      if (!scoring.isOutdated) return video.id;
      // Whoever goes on deciding has half of the time for it.
      scoring.first = 'to come';
      await setTimeout(performance.now() - begunMs, undefined, { signal: run.signal });
    }
  } finally {
    scoring.first = 'done';
  }
}

async function score(
  work: ProjectWork,
  video: StoredVideo,
  scoring: Scoring,
  run: JobRun,
  { done, count }: { readonly done: number; readonly count: number },
): Promise<void> {
  const report = (part: number) =>
    run.progress((done + part) / count, say('video {{at}} of {{videos}}', { at: done + 1, videos: count }));
  report(0);
  if (work.project.mediaOf(video) === null)
    run.note(say('{{name}} is missing and keeps its proposals as they are.', { name: video.name }));
  else await localiseVideo(work, video.id, run, (progress) => report(progress.done));
  scoring.count += 1;
  scoring.at.set(video.id, scoring.count);
}

function embeddedVideos(project: OpenProject): StoredVideo[] {
  const embedded = project.embeddedVideoIds();
  return project.database.videos.present().filter((video) => embedded.has(video.id));
}

/** The one in view, or else that which waits longest; null of none. */
function nextOf({ videoInView }: OpenProject, videos: readonly StoredVideo[], { at }: Scoring): StoredVideo | null {
  const rank = ({ id }: StoredVideo): number => (id === videoInView ? -1 : (at.get(id) ?? 0));
  return videos.reduce<StoredVideo | null>((first, video) => {
    const isBefore =
      first === null || rank(video) < rank(first) || (rank(video) === rank(first) && video.id < first.id);
    return isBefore ? video : first;
  }, null);
}
