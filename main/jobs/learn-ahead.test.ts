// Protects: what corrections teach is read before anybody waits for it, and nothing waits for that: it gives way to edits
// and goes on behind them.
import { expect, test } from 'vitest';
import { ended, openProjectStudio } from '../testing/open-studio.ts';
import { heldTask } from '../testing/played-engine.ts';

test('a project that is looked at is learned from, once nothing else is to be done', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.useModel();
  studio.engine.playProposals(() => []);
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  const asked = (): number => studio.engine.asked.filter(({ task }) => task === 'learnAhead').length;
  expect(asked()).toBe(0);

  const first = heldTask<void>();
  studio.engine.tasks.learnAhead = first.run;
  await studio.client.videos.curves({ videoId: videoId! });
  const { signal } = await first.begun;
  const frames = studio.frameTableOf(videoId!);
  const second = heldTask<void>();
  studio.engine.tasks.learnAhead = second.run;
  await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: frames[10]!, endUs: frames[40]! });
  expect(signal!.aborted).toBe(true);

  await second.begun;
  expect(studio.engine.asked.findLast(({ task }) => task === 'learnAhead')!.input).toMatchObject({
    taught: { corrections: [{ videoId, classId: 1, decision: 'accepted' }] },
  });
  second.finish();
  await studio.client.videos.curves({ videoId: videoId! });
  expect(asked()).toBe(2);
});
