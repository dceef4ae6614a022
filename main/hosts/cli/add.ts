import path from 'node:path';
import type { Backend } from '#main/backend.ts';
import { isFailure, type FailureValue } from '#preload/domain/failure.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { english } from '#preload/domain/saying.ts';
import { readingOf, readingOptions, type ReadingOptions } from './reading-options.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import { finishJobs } from './finish-jobs.ts';
import type { CliCommand } from './cli-command.ts';

/** Adds every good file and says of each what became of it; folders give the videos inside them. */
async function add(
  session: Session,
  project: string,
  files: readonly string[],
  reading: ReadingOptions,
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const refused: { file: string; error: FailureValue }[] = [];
  const fileOfJob = new Map<number, string>();
  const jobs = await finishJobs(session, backend.client, async () => {
    for (const file of files) {
      try {
        const { jobIds } = await backend.client.videos.add({
          places: [backend.placeOf(path.resolve(file)).token],
          reading: readingOf(reading),
        });
        for (const id of jobIds) fileOfJob.set(id, file);
      } catch (error) {
        if (!isFailure(error)) throw error;
        refused.push({ file, error: { code: error.code, message: error.message } });
      }
    }
    return [...fileOfJob.keys()];
  });

  const videos = new Map((await backend.client.videos.list()).map((video) => [video.id, video]));
  const reports = jobs.map((job) => {
    const video = job.videoId === null ? undefined : videos.get(job.videoId);
    const file = fileOfJob.get(job.id)!;
    if (job.state !== 'done' || !video) {
      const error = job.failure ?? { code: 'cancelled' as const, message: `${english(job.title)} was cancelled.` };
      return { file, ok: false as const, error: { code: error.code, message: error.message } };
    }
    return {
      file,
      ok: true as const,
      video_id: video.id,
      name: video.name,
      location: video.location,
      frame_count: video.facts.frameCount,
      duration_s: secondsOf(video.facts.endUs),
      notes: job.notes.map(english),
    };
  });
  const all = [...reports, ...refused.map((one) => ({ ...one, ok: false as const }))];
  const added = reports.filter(({ ok }) => ok).length;
  return {
    document: { project: await locationOf(backend), added, failed: all.length - added, files: all },
    text: all.map(wordsOf).join('\n'),
    incomplete: added < all.length,
  };
}

const locationOf = async (backend: Backend) => (await backend.client.projects.info()).location;

type Report =
  | {
      readonly ok: true;
      readonly file: string;
      readonly name: string;
      readonly frame_count: number;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly file: string; readonly error: FailureValue };

const wordsOf = (report: Report): string =>
  report.ok
    ? [`${report.name}: added, ${report.frame_count} frames`, ...report.notes].join('; ')
    : `${report.file}: not added. ${report.error.message}`;

export const addCommand: CliCommand = {
  name: 'add',
  declare: (command, perform) =>
    command
      .description('add videos, or the videos inside folders; every good one is added')
      .argument('<project>')
      .argument('<video...>', 'files, folders of files, or folders of numbered pictures')
      .addOption(readingOptions.stream)
      .addOption(readingOptions.separateFields)
      .addOption(readingOptions.frameRate)
      .action((project, videos, options) => perform((session) => add(session, project, videos, options))),
};
