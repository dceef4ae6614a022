// Protects: a correction is followed at once; however fast others come, each lesson is seen and one more holds them all; the
// video in view is never passed over; nothing that was decided is left without being learned from by closing.
import { expect, test } from 'vitest';
import type { EngineTasks } from '../engine/tasks.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import { heldTask } from '../testing/played-engine.ts';

type Localise = EngineTasks['localise'];

async function readyStudio(names = ['a']) {
  const studio = await openProjectStudio(['jump']);
  const videoIds = await studio.addVideos(Object.fromEntries(names.map((name) => [`${name}.mp4`, `${name}: 300`])));
  await studio.useModel();
  studio.engine.playProposals(() => []);
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  await idle(studio);
  studio.engine.asked.length = 0;
  const correct = async (from: number, videoId = videoIds[0]!) => {
    const frames = studio.frameTableOf(videoId);
    await studio.client.segments.create({ videoId, classId: 1, startUs: frames[from]!, endUs: frames[from + 1]! });
  };
  /** By how many corrections each video was scored, in turn. */
  const scored = () =>
    studio.engine.asked.flatMap(({ task, input }) => {
      if (task !== 'localise') return [];
      const { media, taught } = input as Localise['input'];
      return [`${media.path.at(-5)} by ${taught!.corrections.length}`];
    });
  const hold = () => {
    const held = heldTask<Localise['output']>();
    studio.engine.tasks.localise = held.run;
    return held;
  };
  return { studio, videoIds, correct, scored, hold };
}

test('what is decided while the first lesson goes on is learned together after it, and cuts it short never', async () => {
  const { studio, correct, scored, hold } = await readyStudio();
  const first = hold();
  await correct(10);
  const { signal } = await first.begun;
  for (let from = 20; from < 60; from += 1) await correct(from);
  expect(signal!.aborted).toBe(false);
  expect(scored()).toEqual(['a by 1']);
  const next = hold();
  first.finish({ segments: [], warnings: [] });
  await next.begun;
  studio.engine.playProposals(() => []);
  next.finish({ segments: [], warnings: [] });
  await idle(studio);
  expect(scored()).toEqual(['a by 1', 'a by 41']);
});

test('other videos give way to the one in view, also where a person went on to it meanwhile', async () => {
  const { studio, videoIds, correct, scored, hold } = await readyStudio(['a', 'b', 'c']);
  await studio.client.videos.inView({ videoId: videoIds[2]! });
  // The first of those that are not in view is held.
  const other = hold();
  studio.engine.playProposals(() => []);
  const played = studio.engine.tasks.localise!;
  const isInView = (input: unknown) => (input as Localise['input']).media.path.endsWith('c.mp4');
  studio.engine.tasks.localise = (input, options) => (isInView(input) ? played : other.run)(input, options);
  await correct(10, videoIds[2]);
  const { signal } = await other.begun;
  const again = hold();
  await correct(20, videoIds[2]);
  expect(signal!.aborted).toBe(true);
  await again.begun;
  await studio.client.videos.inView({ videoId: videoIds[1]! });
  studio.engine.playProposals(() => []);
  again.finish({ segments: [], warnings: [] });
  await idle(studio);
  expect(scored()).toEqual(['c by 1', 'a by 1', 'c by 2', 'b by 2', 'a by 2']);
});

test('a lesson that could not be finished before closing is taken up after opening', async () => {
  const { studio, correct, hold } = await readyStudio();
  hold();
  await correct(10);
  const { location } = await studio.client.projects.info();
  await studio.client.projects.close();
  studio.engine.playProposals(() => []);
  studio.engine.asked.length = 0;
  await studio.openProject(location);
  await idle(studio);
  expect(studio.engine.asked.findLast(({ task }) => task === 'localise')).toMatchObject({
    input: { taught: { corrections: [{ decision: 'accepted' }] } },
  });
});
