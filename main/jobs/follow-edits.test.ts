// Protects: the first correction is followed at once, and those of a burst together when the hand rests.
import { afterEach, expect, test, vi } from 'vitest';
import type { EngineTasks } from '../engine/tasks.ts';
import { ended, openProjectStudio } from '../testing/open-studio.ts';
import { heldTask } from '../testing/played-engine.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('of three corrections in a row the first is learned from without a rest, the others after it, once', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.useModel();
  studio.engine.playProposals(() => []);
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  const frames = studio.frameTableOf(videoId!);
  const correct = (from: number) =>
    studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: frames[from]!, endUs: frames[from + 20]! });
  const taughtBy = () =>
    studio.engine.asked
      .filter(({ task }) => task === 'localise')
      .map(({ input }) => (input as EngineTasks['localise']['input']).taught?.corrections.length ?? 0);

  // No rest ever passes while the clock of timers stands.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const first = heldTask<EngineTasks['localise']['output']>();
  studio.engine.tasks.localise = first.run;
  await correct(10);
  await first.begun;
  await correct(60);
  await correct(110);
  expect(taughtBy().at(-1)).toBe(1);

  const next = heldTask<EngineTasks['localise']['output']>();
  studio.engine.tasks.localise = next.run;
  await vi.advanceTimersByTimeAsync(1000);
  const { signal } = await first.begun;
  expect(signal!.aborted).toBe(true);
  await next.begun;
  expect(taughtBy().at(-1)).toBe(3);
  expect(taughtBy().filter((count) => count > 0)).toEqual([1, 3]);
});
