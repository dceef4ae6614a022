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
    const scores = async (order: 'confident' | 'uncertain' | 'teaches-most' | 'in-order') =>
      (await studio.client.segments.queue({ order })).segments.map(({ score }) => score);
    expect(await scores('confident')).toEqual([0.9, 0.7, 0.5]);
    expect(await scores('uncertain')).toEqual([0.5, 0.7, 0.9]);
    expect(await scores('teaches-most')).toEqual([0.9, 0.7, 0.5]);
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

  test('begins with what teaches most: one of each class without a shot, then what is open, spread over videos and classes', async () => {
    const studio = await openProjectStudio(['jump', 'wave']);
    const [a] = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300', 'c.mp4': 'c: 300' });
    await studio.useModel();
    const frames = studio.frameTableOf(a!);
    const at = (index: number, score: number, classId = 1) => ({
      ...proposal(classId, frames[index * 40]!, frames[index * 40 + 20]!, score),
      // As a model of images may: many classes look alike, and yet the one is as good as sure.
      ranking: [1, 2].map((each) => ({ classId: each, probability: 0.5 })),
    });
    studio.engine.playProposals(
      (name) =>
        ({
          'a.mp4': [at(0, 0.97)],
          'b.mp4': [at(0, 0.5), at(1, 0.45), at(2, 0.6, 2)],
          'c.mp4': [at(0, 0.65), at(1, 0.08)],
        })[name]!,
    );
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    await studio.client.projects.changeSettings({ scoreThreshold: 0 });
    const queue = async () => (await studio.client.segments.queue({ order: 'teaches-most' })).segments;
    const untaught = await queue();
    // The likeliest of each class, then the same class in another video, then neighbours.
    expect(untaught.map(({ score }) => score)).toEqual([0.97, 0.6, 0.65, 0.5, 0.45, 0.08]);
    await studio.client.segments.update({ segmentIds: [untaught[0]!.id], state: 'accepted' });
    // The class that has no shot yet; of the other one what is most open, not what is all but certain.
    expect((await queue()).map(({ score }) => score)).toEqual([0.6, 0.5, 0.65, 0.45, 0.08]);
  });
});
