import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobType } from './job-type.ts';
import { localiseVideo } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

/**
 * Asks for proposals from stored features with the classes as they are now. However often it is asked, there is one such
 * job: one that runs begins anew, one that waits is enough.
 */
export function requestRescore({ project, queue }: ProjectWork): void {
  if (project.readOnly || project.embeddedVideoIds().size === 0) return;
  const [waiting] = queue.unfinished('rescore');
  if (waiting !== undefined) queue.restart(waiting.id);
  else queue.add([{ kind: 'rescore', subject: '', videoId: null, work: null }]);
}

/** When each video of a project was last scored, counted in videos: a restarted job goes on with those that wait longest. */
const scoredAt = new WeakMap<OpenProject, Map<number, number>>();

/**
 * Localisation in every video whose features are stored: first the video that a person has before them, then those that
 * were scored longest ago. A video whose file is missing is named and passed over.
 */
export const rescoreJob: JobType = {
  lane: 'scores',
  title: () => 'Score all videos again',
  run: async (work, run) => {
    const { project } = work;
    const scored = scoredAt.get(project) ?? new Map<number, number>();
    scoredAt.set(project, scored);
    const videos = inOrder(project, scored);
    for (const [index, video] of videos.entries()) {
      run.signal.throwIfAborted();
      const report = (done: number) =>
        run.progress((index + done) / videos.length, `video ${index + 1} of ${videos.length}`);
      report(0);
      if (project.mediaOf(video) === null) run.note(`${video.name} is missing and keeps its proposals as they are.`);
      else await localiseVideo(work, video.id, run, ({ done }) => report(done));
      scored.set(video.id, Math.max(0, ...scored.values()) + 1);
    }
  },
};

function inOrder(project: OpenProject, scored: ReadonlyMap<number, number>): StoredVideo[] {
  const embedded = project.embeddedVideoIds();
  const rank = ({ id }: StoredVideo): number => (id === project.videoInView ? -1 : (scored.get(id) ?? 0));
  return project.database.videos
    .present()
    .filter((video) => embedded.has(video.id))
    .toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
}
