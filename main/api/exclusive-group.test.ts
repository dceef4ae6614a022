// Protects: through the contract, classes that cannot overlap never do, whatever a person asks, and undo takes all back at once.
import { beforeEach, expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

let studio: TestStudio;
let videoId: number;
let frames: Float64Array;

/** Class 1 keeps 2 and 3 apart; 4 is free. */
beforeEach(async () => {
  studio = await openProjectStudio(['posture', 'sits', 'stands', 'waves']);
  [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 300' })) as [number];
  frames = studio.frameTableOf(videoId);
  await studio.client.classes.update({ classId: 1, exclusive: true });
  for (const classId of [2, 3]) await studio.client.classes.update({ classId, parentId: 1 });
});

const draw = (classId: number, from: number, to: number): Promise<Segment> =>
  studio.client.segments.create({ videoId, classId, startUs: frames[from]!, endUs: frames[to]! });
const places = async () =>
  (await studio.client.segments.list({ videoId })).map(({ classId, startUs, endUs }) => [
    classId,
    frames.indexOf(startUs),
    frames.indexOf(endUs),
  ]);

test('drawn over each other the later stands, and one undo brings the earlier back', async () => {
  await draw(2, 0, 100);
  await draw(4, 10, 90);
  await draw(3, 40, 60);
  expect(await places()).toEqual([
    [2, 0, 40],
    [4, 10, 90],
    [3, 40, 60],
    [2, 60, 100],
  ]);
  await studio.client.history.undo();
  expect(await places()).toEqual([
    [2, 0, 100],
    [4, 10, 90],
  ]);
  await studio.client.history.redo();
  expect(await places()).toHaveLength(4);
});

test('moved, relabelled, deleted, rejected: no overlap and no gap', async () => {
  const [first, second] = [await draw(2, 0, 50), await draw(3, 50, 100)];
  await draw(2, 100, 150);
  await studio.client.segments.update({ segmentIds: [second.id], startUs: frames[40]!, endUs: frames[80]! });
  expect(await places()).toEqual([
    [2, 0, 40],
    [3, 40, 80],
    [2, 80, 150],
  ]);
  await studio.client.segments.update({ segmentIds: [second.id], classId: 4 });
  expect(await places()).toEqual([
    [2, 0, 80],
    [4, 40, 80],
    [2, 80, 150],
  ]);
  await studio.client.segments.update({ segmentIds: [second.id], classId: 3 });
  await studio.client.segments.remove({ segmentIds: [second.id] });
  await studio.client.segments.update({ segmentIds: [first.id], state: 'rejected' });
  expect((await studio.client.segments.list({ videoId })).filter(({ state }) => state === 'accepted')).toHaveLength(1);
});

test('a paste of rows that overlap each other is laid one over the other', async () => {
  const { segmentIds } = await studio.client.segments.createMany({
    videoId,
    how: 'paste',
    segments: [
      { startUs: frames[0]!, endUs: frames[50]!, class: 2 },
      { startUs: frames[30]!, endUs: frames[40]!, class: 3 },
      { startUs: frames[0]!, endUs: frames[50]!, class: 4 },
    ],
  });
  expect(await places()).toEqual([
    [2, 0, 30],
    [4, 0, 50],
    [3, 30, 40],
    [2, 40, 50],
  ]);
  expect(segmentIds).toHaveLength(4);
});

test('what is covered whole goes, and asking about it is no failure', async () => {
  const [one, other] = [await draw(2, 0, 20), await draw(2, 30, 50)];
  const { segments } = await studio.client.segments.move({
    moves: [one, other].map(({ id }) => ({ segmentId: id, startUs: frames[60]!, endUs: frames[80]!, classId: 3 })),
  });
  expect(segments.map(({ id }) => id)).toEqual([other.id]);
  expect(await places()).toEqual([[3, 60, 80]]);
});

test('what is locked is not cut: the edit is refused and changes nothing', async () => {
  const held = await draw(2, 0, 100);
  await studio.client.segments.update({ segmentIds: [held.id], locked: true });
  await expect(draw(3, 40, 60)).rejects.toMatchObject({ code: 'locked' });
  expect(await places()).toEqual([[2, 0, 100]]);
});
