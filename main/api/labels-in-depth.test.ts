// Protects: what is said of segments and classes beyond name and span is edited, undone, seen by others and checked like the rest.
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackendClient } from '#preload/contract/contract.ts';
import { english } from '#preload/domain/saying.ts';
import { checkProject } from '../project/check-project.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

let studio: TestStudio;
let client: BackendClient;
let videoId: number;
let jump: number;
let run: number;

const windowOf = (person: string): BackendClient =>
  createRouterClient(studio.router, { context: { editor: { person, window: `${person}-window-01` }, isOwner: true } });

beforeEach(async () => {
  studio = await openProjectStudio(['jump', 'run']);
  [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 300' })) as [number];
  client = windowOf('Ana');
  [jump, run] = (await client.classes.list()).map(({ id }) => id) as [number, number];
});
afterEach(() => studio.close());

const draw = (startUs: number, classId = jump) =>
  client.segments.create({ videoId, classId, startUs, endUs: startUs + 1_000_000 });
const get = async (id: number) => (await client.segments.list({ videoId })).find((row) => row.id === id)!;

test('subject, doubt and values are said of several segments in one step and taken back in one', async () => {
  const hand = await client.attributes.add({ name: 'hand', kind: 'choice', options: ['left', 'right'] });
  const rows = [await draw(0), await draw(2_000_000)];
  const segmentIds = rows.map(({ id }) => id);
  await client.segments.update({ segmentIds, subject: ' Mia ', ambiguous: true, attributes: { [hand.id]: 'left' } });
  expect(await get(segmentIds[1]!)).toMatchObject({
    subject: 'Mia',
    ambiguous: true,
    attributes: { [hand.id]: 'left' },
  });
  expect(await client.segments.subjects()).toEqual(['Mia']);
  await client.history.undo();
  expect(await get(segmentIds[0]!)).toEqual(rows[0]);
  await client.history.redo();
  await client.segments.update({ segmentIds, subject: '', ambiguous: false, attributes: { [hand.id]: null } });
  expect(await get(segmentIds[0]!)).toEqual(rows[0]);
});

test('a value that the attribute cannot have is refused in words, whatever it is', async () => {
  const hand = await client.attributes.add({ name: 'hand', kind: 'choice', options: ['left'], classIds: [jump] });
  const count = await client.attributes.add({ name: 'count', kind: 'number' });
  const { id } = await draw(0);
  const say = (attributes: Record<string, string | number>, segmentIds = [id]) =>
    client.segments.update({ segmentIds, attributes });
  await expect(say({ [hand.id]: 'up' })).rejects.toThrow("'hand' takes one of 'left', not \"up\".");
  await expect(say({ [count.id]: 'two' })).rejects.toThrow("'count' takes a number");
  await expect(say({ 99: 'x' })).rejects.toThrow('There is no attribute 99');
  const other = await draw(2_000_000, run);
  await expect(say({ [hand.id]: 'left' }, [id, other.id])).rejects.toThrow("class that has a 'hand'");
  await say({ [hand.id]: 'left', [count.id]: 2 });
});

test('an option that segments have goes only once it is said what becomes of them; a new name is taken along', async () => {
  const hand = await client.attributes.add({ name: 'hand', kind: 'choice', options: ['left', 'right'] });
  const { id } = await draw(0);
  await client.segments.update({ segmentIds: [id], attributes: { [hand.id]: 'left' } });
  const update = { attributeId: hand.id, options: ['port', 'right'] };
  await expect(client.attributes.update(update)).rejects.toMatchObject({
    code: 'bad-input',
    data: { inUse: [{ value: 'left', segments: 1 }] },
  });
  await client.attributes.update({ ...update, renamed: { left: 'port' } });
  expect((await get(id)).attributes).toEqual({ [hand.id]: 'port' });
  await client.attributes.update({ attributeId: hand.id, options: ['right'], unfit: 'clear' });
  expect((await get(id)).attributes).toBeUndefined();
  await client.history.undo();
  expect((await get(id)).attributes).toEqual({ [hand.id]: 'port' });
  await client.attributes.remove({ attributeId: hand.id });
  expect(await client.attributes.list()).toEqual([]);
  await client.history.undo();
  expect(await client.attributes.list()).toMatchObject([{ name: 'hand', options: ['port', 'right'] }]);
  await expect(client.attributes.add({ name: 'Hand', kind: 'text' })).rejects.toThrow("already an attribute 'hand'");
  await expect(client.attributes.add({ name: 'foot', kind: 'choice' })).rejects.toThrow('at least one option');
});

test('a locked segment stays as it is, alone or among others, until it is unlocked', async () => {
  const [one, other] = [await draw(0), await draw(2_000_000)];
  await client.segments.update({ segmentIds: [one.id], locked: true });
  const both = { segmentIds: [one.id, other.id] };
  const locked = {
    code: 'locked',
    message: '1 of the 2 segments is locked, and nothing was changed: unlock first what is to change.',
  };
  await expect(client.segments.update({ ...both, state: 'rejected' })).rejects.toMatchObject(locked);
  await expect(client.segments.remove(both)).rejects.toMatchObject(locked);
  await expect(client.segments.merge(both)).rejects.toMatchObject(locked);
  await expect(client.segments.split({ segmentId: one.id, atUs: 500_000 })).rejects.toMatchObject({ code: 'locked' });
  await expect(client.classes.merge({ from: jump, into: run })).rejects.toMatchObject({ code: 'locked' });
  await expect(client.classes.remove({ classId: jump })).rejects.toMatchObject({ code: 'locked' });
  expect(await get(one.id)).toMatchObject({ state: 'accepted', locked: true });
  await client.segments.update({ segmentIds: [one.id], locked: false });
  await client.segments.update({ ...both, state: 'rejected' });
  expect(await get(one.id)).toMatchObject({ state: 'rejected' });
});

test('classes lie below each other, never in a ring; of one that is merged away the children go along', async () => {
  const { id: leap } = await client.classes.add({ name: 'leap' });
  await client.classes.update({ classId: leap, parentId: jump });
  await expect(client.classes.update({ classId: jump, parentId: leap })).rejects.toThrow(
    "'jump' cannot lie below 'leap', which lies below 'jump'.",
  );
  await expect(client.classes.update({ classId: jump, parentId: jump })).rejects.toThrow('cannot lie below');
  await client.classes.merge({ from: jump, into: run });
  expect(await client.classes.list()).toMatchObject([{ id: run }, { id: leap, parentId: run }]);
  await client.history.undo();
  expect((await client.classes.list()).find(({ id }) => id === leap)).toMatchObject({ parentId: jump });
});

test('an event of a class of points is one frame long, however it comes to be', async () => {
  const span = await draw(4_000_000, run);
  await client.classes.update({ classId: jump, kind: 'point' });
  const point = await draw(0);
  const relabelled = (await client.segments.update({ segmentIds: [span.id], classId: jump })).segments[0]!;
  const frameUs = Math.round(1_000_000 / (await client.videos.list())[0]!.facts.averageFps);
  for (const { startUs, endUs } of [point, relabelled]) expect(Math.abs(endUs - startUs - frameUs)).toBeLessThan(10);
  expect(relabelled.startUs).toBeGreaterThan(span.startUs);
});

test('two people say different things of one segment: both hold; of the same thing the second is asked', async () => {
  const hand = await client.attributes.add({ name: 'hand', kind: 'choice', options: ['left', 'right'] });
  const height = await client.attributes.add({ name: 'height', kind: 'number' });
  const { id } = await draw(0);
  const ben = windowOf('Ben');
  const [hands, heights] = [String(hand.id), String(height.id)];
  await client.segments.update({
    segmentIds: [id],
    attributes: { [hands]: 'left' },
    seen: [{ attributes: { [hands]: null } }],
  });
  await ben.segments.update({
    segmentIds: [id],
    attributes: { [heights]: 2 },
    seen: [{ attributes: { [heights]: null } }],
  });
  expect((await get(id)).attributes).toEqual({ [hands]: 'left', [heights]: 2 });
  const late = { segmentIds: [id], attributes: { [hands]: 'right' }, seen: [{ attributes: { [hands]: null } }] };
  await expect(ben.segments.update(late)).rejects.toMatchObject({
    code: 'conflict',
    data: { rows: [{ kind: 'segment', id, by: 'Ana', now: { attributes: { [hands]: 'left' } } }] },
  });
  await client.classes.update({ classId: jump, definition: 'both feet leave', seen: { definition: '' } });
  await expect(
    ben.classes.update({ classId: jump, definition: 'a leap', seen: { definition: '' } }),
  ).rejects.toMatchObject({
    code: 'conflict',
    data: { rows: [{ by: 'Ana', now: { definition: 'both feet leave' } }] },
  });
});

test('the log tells how all of it came to be, and the check reads it', async () => {
  const hand = await client.attributes.add({ name: 'hand', kind: 'choice', options: ['left'], classIds: [jump] });
  const { id } = await draw(0);
  await client.segments.update({ segmentIds: [id], subject: 'Mia', locked: true, attributes: { [hand.id]: 'left' } });
  const change = {
    definition: 'both feet leave',
    morePrompts: ['a leap', 'a hop'],
    examples: [id],
    kind: 'point' as const,
  };
  await client.classes.update({ classId: run, parentId: jump, ...change });
  await client.classes.update({ classId: jump, exclusive: true });
  const folder = (await client.studio.state()).project!.location;
  await client.projects.close();
  const faults = await checkProject(folder, {
    appVersion: 'test',
    repair: false,
    signal: AbortSignal.timeout(30_000),
    onProgress: () => undefined,
  });
  expect(faults).toEqual([]);
});

test('what is ambiguous teaches nothing, and keeps the rest of its video from being taken for empty', async () => {
  const [one, other] = [await draw(0), await draw(2_000_000)];
  await client.reviews.set({ videoId, classIds: [jump, run], state: 'complete' });
  expect(await client.tuning.status()).toMatchObject({ reviewedVideoIds: [videoId] });
  await client.segments.update({ segmentIds: [one.id], ambiguous: true });
  const after = await client.tuning.status();
  expect(after.reviewedVideoIds).toEqual([]);
  expect(after.classes.find(({ classId }) => classId === jump)!.shots).toMatchObject([{ segmentId: other.id }]);
  await client.segments.update({ segmentIds: [one.id, other.id], ambiguous: false });
  expect(await client.tuning.status()).toMatchObject({ reviewedVideoIds: [videoId] });
});

test('a class is split in one step: the chosen segments go to a new one beside it, and undo takes both back', async () => {
  const rows = [await draw(0), await draw(2_000_000), await draw(4_000_000, run)];
  await client.classes.update({ classId: jump, examples: [rows[0]!.id, rows[1]!.id, 9999] });
  expect(await client.classes.examples({ classId: jump })).toHaveLength(2);
  expect((await client.classes.segments({ classId: jump })).map(({ id }) => id)).toEqual([rows[0]!.id, rows[1]!.id]);
  const split = (name: string, segmentIds: number[]) => client.classes.split({ classId: jump, name, segmentIds });
  await expect(split('RUN', [rows[0]!.id])).rejects.toThrow("already a class 'run'");
  await expect(split('leap', [rows[2]!.id])).rejects.toThrow("of 'jump' any more");
  const leap = await split('leap', [rows[1]!.id]);
  expect((await get(rows[1]!.id)).classId).toBe(leap.id);
  expect(english((await client.history.state()).undo!)).toBe("Split 'leap' off 'jump': 1 segment");
  await client.history.undo();
  expect((await get(rows[1]!.id)).classId).toBe(jump);
  expect((await client.classes.list()).map(({ id }) => id)).toEqual([jump, run]);
});
