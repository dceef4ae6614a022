// The review queue holds what nobody has decided, in the order asked for.
import { describe, expect, test } from 'vitest';
import { ended, openProjectStudio } from '../testing/open-studio.ts';

const proposal = (classId: number, startUs: number, endUs: number, score: number) => ({
  classId,
  startUs,
  endUs,
  score,
  ranking: [{ classId, probability: score }],
});

describe('the review queue', () => {
  test('holds undecided proposals above the threshold in the order asked for', async () => {
    const studio = await openProjectStudio(['jump']);
    const [a, b] = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' });
    await studio.useModel();
    const frames = studio.frameTableOf(a!);
    studio.engine.playProposals((name) =>
      (name === 'a.mp4' ? [0.05, 0.5, 0.9] : [0.7]).map((score, index) =>
        proposal(1, frames[index * 50]!, frames[index * 50 + 20]!, score),
      ),
    );
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    const scores = async (order: 'confident' | 'uncertain' | 'in-order') =>
      (await studio.client.segments.queue({ order })).segments.map(({ score }) => score);
    expect(await scores('confident')).toEqual([0.9, 0.7, 0.5]);
    expect(await scores('uncertain')).toEqual([0.5, 0.7, 0.9]);
    expect(await scores('in-order')).toEqual([0.5, 0.9, 0.7]);
    expect(await studio.client.segments.queue({ limit: 1, videoId: b! })).toMatchObject({
      total: 1,
      segments: [{ score: 0.7 }],
    });
    const [first] = (await studio.client.segments.queue({})).segments;
    await studio.client.segments.update({ segmentIds: [first!.id], state: 'accepted' });
    expect(await scores('confident')).toEqual([0.7, 0.5]);
    await studio.client.projects.changeSettings({ scoreThreshold: 0.6 });
    expect(await scores('confident')).toEqual([0.7]);
  });

  test('is drawn by lot for what teaches most: all over the videos, the same however scores change', async () => {
    const studio = await openProjectStudio(['jump', 'wave']);
    const names = ['a', 'b', 'c', 'd'].map((letter) => `${letter}.mp4`);
    const [a] = await studio.addVideos(Object.fromEntries(names.map((name) => [name, `${name[0]}: 300`])));
    await studio.useModel();
    const frames = studio.frameTableOf(a!);
    const play = (score: number): void =>
      studio.engine.playProposals(() =>
        Array.from({ length: 7 }, (_, index) =>
          [1, 2].map((classId) =>
            proposal(classId, frames[index * 40]!, frames[index * 40 + 20]!, score / (index + classId)),
          ),
        ).flat(),
      );
    const propose = async () => ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    await studio.client.projects.changeSettings({ scoreThreshold: 0 });
    const queue = async () => (await studio.client.segments.queue({ order: 'teaches-most' })).segments;
    play(0.9);
    await propose();
    const drawn = await queue();
    expect(drawn).toHaveLength(56);
    const places = drawn.map(({ videoId, startUs, classId }) => `${videoId} ${startUs} ${classId}`);
    // The first few are of several videos, times and classes.
    const first = drawn.slice(0, 12);
    for (const of of ['videoId', 'startUs', 'classId'] as const)
      expect(new Set(first.map((one) => one[of])).size, of).toBeGreaterThan(of === 'classId' ? 1 : 2);
    play(0.5);
    await propose();
    expect((await queue()).map(({ videoId, startUs, classId }) => `${videoId} ${startUs} ${classId}`)).toEqual(places);
  });
});
