import { archiveProject, type Archive, type ArchiveSize, type makeHours } from './archive-project.ts';
import type { BenchContext, BenchRow } from './bench-case.ts';
import { measured, median, quantile } from './bench-case.ts';
import { correctingInWindow } from './correcting-in-window.ts';
import { watchedStudio } from './watched-studio.ts';

const burst = 12;

/** What grows with the hours of an archive. */
export const growing = {
  inView: 'ms from a correction to the segments of the video in view',
  all: 's to score all videos again',
} as const;

/**
 * A person corrects in an archive: from the click to new segments of the video in view in the database, through the
 * studio's own backend, jobs and engine process, with the pause for further clicks; and all videos scored again.
 */
export async function correctingAnArchive(
  context: BenchContext,
  hours: ReturnType<typeof makeHours>,
  size: ArchiveSize,
): Promise<BenchRow[]> {
  const archive = await archiveProject(context, hours, size);
  const title = `${size.videos} one-hour videos in the studio, ${size.corrected} corrected, ${size.reviewed} reviewed`;
  const rows: BenchRow[] = [];
  const row = (metric: string, value: number): void => void rows.push(measured(title, metric, value));
  row('ms an hour of video, from its features to its segments, once', median(archive.preparedMs));
  context.say('the project was just opened, and the first correction');
  {
    await using studio = await watchedStudio(archive);
    const first = await studio.correct(archive.videoIds[0]!);
    row('ms from a correction in the moment of opening to the segments of the video in view', first);
  }
  await inBackend(context, archive, row);
  const shown = await correctingInWindow(context, archive).catch((error: unknown) => {
    // What was measured without it is not lost.
    context.say(`the window is left out: ${String(error)}`);
    return null;
  });
  if (shown !== null && shown.length > 0) {
    const untilShown = shown.map(({ fromKeyToPictureMs }) => fromKeyToPictureMs);
    row('ms from the key to changed proposals of the video in view on screen, in the window', median(untilShown));
    row('ms of that, 19 of 20 are quicker', quantile(untilShown, 0.95));
    row('ms until the window is told of them', median(shown.map(({ untilToldMs }) => untilToldMs)));
    row('ms of the window’s own thread for it', median(shown.map(({ pageMs }) => pageMs)));
  }
  return rows;
}

async function inBackend(
  context: BenchContext,
  archive: Archive,
  row: (metric: string, value: number) => void,
): Promise<void> {
  context.say('the project was opened and is looked at');
  await using studio = await watchedStudio(archive);
  await studio.look(archive.videoIds[0]!);
  const opened = performance.now();
  await studio.learnedAhead();
  row('s until the studio has learned ahead, with nothing else to do', (performance.now() - opened) / 1000);
  row(
    'ms from the first correction then to the segments of the video in view',
    await studio.correct(archive.videoIds[0]!),
  );
  context.say('a burst of corrections');
  const inView: number[] = [];
  const byEngine: number[] = [];
  const next: number[] = [];
  for (let made = 1; made <= burst; made += 1) {
    inView.push(await studio.correct(archive.videoIds[made % archive.videoIds.length]!));
    byEngine.push(studio.engineMs());
    next.push(await studio.nextVideo());
  }
  row(growing.inView, median(inView));
  row('ms of the slowest of them', Math.max(...inView));
  row('ms in which the engine scores that video, what was learned being known', median(byEngine));
  row('ms from there to the next video', median(next));
  context.say('all videos once more');
  row(growing.all, (await studio.correctAndScoreAll(archive.videoIds[0]!)) / 1000);
}
