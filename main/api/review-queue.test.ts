// The review queue holds what nobody has decided, in the order asked for.
import { describe, expect, test } from 'vitest';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Segment } from '#preload/domain/segment.ts';
import { ended, openProjectStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

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
    const placeOf = ({ videoId, startUs, classId }: Segment): string => `${videoId} ${startUs} ${classId}`;
    const places = drawn.map(placeOf);
    // The first few are of several videos, times and classes.
    const first = drawn.slice(0, 12);
    for (const of of ['videoId', 'startUs', 'classId'] as const)
      expect(new Set(first.map((one) => one[of])).size, of).toBeGreaterThan(of === 'classId' ? 1 : 2);
    play(0.5);
    await propose();
    expect((await queue()).map(placeOf)).toEqual(places);

    // Decisions go round it: it goes on behind them, and what they cover comes last.
    const decided = (await queue()).slice(0, 14);
    await studio.client.segments.update({ segmentIds: decided.map(({ id }) => id), state: 'accepted' });
    const isCovered = ({ videoId, startUs }: Segment): boolean =>
      decided.some((one) => one.videoId === videoId && one.startUs === startUs);
    const rest = await queue();
    const covered = rest.filter(isCovered);
    expect(covered.length).toBeGreaterThan(0);
    expect(rest.slice(-covered.length)).toEqual(covered);
    const round = rest.slice(0, -covered.length).map((one) => places.indexOf(placeOf(one)));
    const turn = round.indexOf(Math.min(...round));
    expect([...round.slice(turn), ...round.slice(0, turn)]).toEqual(round.toSorted((one, other) => one - other));
    expect(turn).toBeGreaterThan(0);
  });

  test('comes by turns of class, by another lot, and holds what a filter says', async () => {
    const { queue, a, client } = await studioWith([
      [1, 0, 0.9],
      [1, 1, 0.8],
      [1, 2, 0.7],
      [2, 3, 0.6],
      [2, 4, 0.55],
    ]);
    expect((await queue({ order: 'class-balanced' })).map(({ classId }) => classId)).toEqual([1, 2, 1, 2, 1]);
    const lots = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (draw) => places(await queue({ order: 'random', draw }))),
    );
    for (const lot of lots) expect(lot.toSorted()).toEqual(places(await queue({ order: 'in-order' })).toSorted());
    expect(new Set(lots.map(String)).size).toBeGreaterThan(1);
    expect(places(await queue({ order: 'random', draw: 3 }))).toEqual(lots[2]);

    expect((await queue({ scores: { from: 0.6, to: 0.8 } })).map(({ score }) => score)).toEqual([0.8, 0.7, 0.6]);
    expect(await client.segments.queue({ classIds: [2], limit: 1 })).toMatchObject({
      total: 2,
      segments: [{ classId: 2 }],
    });
    expect(await queue({ classIds: [1, 2] })).toHaveLength(5);

    await client.studio.changeSettings({ annotator: 'Ana' });
    const [first, second] = await queue({});
    await client.segments.update({ segmentIds: [first!.id], state: 'accepted' });
    await client.segments.update({ segmentIds: [second!.id], state: 'rejected' });
    expect((await queue({ states: ['accepted'] })).map(({ id }) => id)).toEqual([first!.id]);
    expect(await client.segments.queue({ states: ['accepted', 'rejected', 'proposed'] })).toMatchObject({ total: 5 });
    expect(await client.segments.annotators()).toEqual(['Ana']);
    expect(await queue({ states: ['accepted', 'rejected', 'proposed'], annotator: 'Ana' })).toHaveLength(2);
    const drawn = await client.segments.create({ videoId: a, classId: 1, startUs: 9_000_000, endUs: 10_000_000 });
    expect((await queue({ states: ['accepted'], madeBy: 'human' })).map(({ id }) => id)).toEqual([drawn.id]);
    // What a person accepted is in sight whatever the threshold.
    await client.projects.changeSettings({ scoreThreshold: 0.95 });
    expect(await queue({ states: ['accepted'] })).toHaveLength(2);
  });

  test('what was most likely missed is weak proposals where nothing else stands', async () => {
    const { queue, a, client } = await studioWith([
      [1, 0, 0.9],
      [2, 0, 0.2],
      [1, 3, 0.15],
      [2, 5, 0.25],
      [1, 7, 0.05],
    ]);
    await client.projects.changeSettings({ scoreThreshold: 0.3 });
    const missed = async () => (await queue({ order: 'missed' })).map(({ score }) => score);
    expect(await missed()).toEqual([0.25, 0.15, 0.05]);
    expect(await client.segments.queue({ order: 'missed', limit: 1 })).toMatchObject({ total: 3 });
    // A segment drawn over most of such a place is what was missed; one beside it is not.
    const [weak] = await queue({ order: 'missed' });
    await client.segments.create({ videoId: a, classId: 1, startUs: weak!.startUs - 300_000, endUs: weak!.endUs });
    await client.segments.create({ videoId: a, classId: 1, startUs: 3_900_000, endUs: 4_500_000 });
    expect(await missed()).toEqual([0.15, 0.05]);
    await client.projects.changeSettings({ scoreThreshold: 0 });
    expect(await missed()).toEqual([]);
  });

  test('disagreement is where the model or an annotator’s layer says something else than was accepted', async () => {
    const { queue, client, placeOf } = await studioWith([
      [1, 0, 0.9],
      [1, 2, 0.8],
      [1, 4, 0.7],
    ]);
    const [first, second, third] = await queue({});
    await client.segments.update({ segmentIds: [first!.id, second!.id], state: 'accepted' });
    const disputed = async () =>
      (await queue({ order: 'disagreement', states: ['accepted', 'proposed'] })).map(({ id }) => id);
    expect(await disputed()).toEqual([]);
    await client.segments.update({ segmentIds: [second!.id], classId: 2 });
    expect(await disputed()).toEqual([second!.id]);
    // Ben was asked for this video, has the first as it is, and gives the second the model's class.
    const file = path.join(temporaryFolder(), 'ben.csv');
    const row = ({ startUs, endUs }: Segment) => `a.mp4,${startUs / 1e6},${endUs / 1e6},jump`;
    await writeFile(file, ['video,start_s,end_s,label', row(first!), row(second!)].join('\n'));
    const choices = { as: 'layer' as const };
    await client.transfer.import({ format: 'csv', place: placeOf(file).token, choices });
    expect(await disputed()).toEqual([second!.id]);
    await client.segments.update({ segmentIds: [third!.id], state: 'accepted' });
    // Ben has nothing there, while the model agrees.
    expect(new Set(await disputed())).toEqual(new Set([second!.id, third!.id]));
  });
});

const places = (segments: readonly Segment[]): string[] =>
  segments.map(({ startUs, classId }) => `${startUs} ${classId}`);

/** A video of thirty seconds with proposals of one second each, `[class, second, score]`. */
async function studioWith(proposals: readonly (readonly [number, number, number])[]) {
  const studio = await openProjectStudio(['jump', 'wave']);
  const [a] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.useModel();
  const frames = studio.frameTableOf(a!);
  const perSecond = frames.findIndex((startUs) => startUs >= frames[0]! + 1_000_000);
  studio.engine.playProposals(() =>
    proposals.map(([classId, second, score]) =>
      proposal(classId, frames[second * perSecond]!, frames[(second + 1) * perSecond]!, score),
    ),
  );
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  const queue = async (asked: Parameters<typeof studio.client.segments.queue>[0]) =>
    (await studio.client.segments.queue(asked)).segments;
  return { ...studio, a: a!, queue };
}
