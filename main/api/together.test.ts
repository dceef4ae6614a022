// Protects: of several people in one project nobody overwrites, unseen, what another did, and undo takes back one's own alone.
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BackendClient } from '#preload/contract/contract.ts';
import type { SeenSegment } from '#preload/domain/seen.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { checkProject } from '../project/check-project.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

let studio: TestStudio;
let videoId: number;
let frames: Float64Array;

/** The contract as a window of a person's calls it. */
const windowOf = (person: string, window = `${person}-window-0001`): BackendClient =>
  createRouterClient(studio.router, { context: { editor: { person, window }, isOwner: true } });

const seenOf = ({ startUs, endUs, classId, state, note }: Segment): SeenSegment => ({
  startUs,
  endUs,
  classId,
  state,
  note,
});

beforeEach(async () => {
  studio = await openProjectStudio(['jump', 'run', 'throw']);
  [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 300' })) as [number];
  frames = studio.frameTableOf(videoId);
});

const draw = (client: BackendClient, from = 30, to = 60, classId = 1) =>
  client.segments.create({ videoId, classId, startUs: frames[from]!, endUs: frames[to]! });
const now = async (id: number) => (await studio.client.segments.list({ videoId })).find((row) => row.id === id);

describe('an edit that carries what was seen', () => {
  test('is refused with both values where somebody changed the same, and changes nothing', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const made = await draw(ana);
    const seen = [seenOf(made)];
    await ana.segments.update({ segmentIds: [made.id], endUs: frames[70]!, seen });
    const late = ben.segments.update({ segmentIds: [made.id], endUs: frames[90]!, seen });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: 'Ana changed this segment meanwhile: nothing was overwritten.',
      data: { rows: [{ kind: 'segment', id: made.id, by: 'Ana', now: { endUs: frames[70]! } }] },
    });
    expect(await now(made.id)).toMatchObject({ endUs: frames[70]!, annotator: 'Ana' });
    // Whoever has looked may decide.
    await ben.segments.update({ segmentIds: [made.id], endUs: frames[90]!, seen: [{ endUs: frames[70]! }] });
    expect(await now(made.id)).toMatchObject({ endUs: frames[90]!, annotator: 'Ben' });
  });

  test('meets what others did to other fields and the other edge: both hold', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const made = await draw(ana);
    const seen = [seenOf(made)];
    await ana.segments.update({ segmentIds: [made.id], startUs: frames[20]!, endUs: frames[60]!, seen });
    await ana.segments.update({ segmentIds: [made.id], note: 'from Ana', seen });
    await ben.segments.update({ segmentIds: [made.id], startUs: frames[30]!, endUs: frames[80]!, seen });
    await ben.segments.update({ segmentIds: [made.id], classId: 2, seen });
    expect(await now(made.id)).toMatchObject({
      startUs: frames[20]!,
      endUs: frames[80]!,
      note: 'from Ana',
      classId: 2,
    });
  });

  test('is refused where the two edges would pass each other', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const made = await draw(ana);
    const seen = [seenOf(made)];
    await ana.segments.update({ segmentIds: [made.id], startUs: frames[55]!, seen });
    await expect(ben.segments.update({ segmentIds: [made.id], endUs: frames[40]!, seen })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('knows the edits of its own window, which it may not have heard of', async () => {
    const ana = windowOf('Ana');
    const made = await draw(ana);
    const seen = [seenOf(made)];
    for (const state of ['rejected', 'proposed', 'accepted'] as const)
      await ana.segments.update({ segmentIds: [made.id], state, seen });
    expect(await now(made.id)).toMatchObject({ state: 'accepted' });
    // Another window of hers has heard of nothing.
    const other = windowOf('Ana', 'Ana-window-0002');
    await ana.segments.update({ segmentIds: [made.id], state: 'rejected', seen });
    await expect(other.segments.update({ segmentIds: [made.id], state: 'proposed', seen })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('meets a segment that was removed: it can be brought back with the change, under its own id', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const made = await draw(ben);
    const change = { segmentIds: [made.id], note: 'mine', seen: [seenOf(made)] };
    await ana.segments.remove({ segmentIds: [made.id], seen: [seenOf(made)] });
    await expect(ben.segments.update(change)).rejects.toMatchObject({
      code: 'conflict',
      data: { rows: [{ id: made.id, by: 'Ana', now: null }] },
    });
    await ben.segments.update({ ...change, seen: [null] });
    expect(await now(made.id)).toMatchObject({ ...seenOf(made), note: 'mine' });
    expect((await ben.history.undo()).segmentIds).toEqual([made.id]);
    expect(await now(made.id)).toBeUndefined();
  });

  test('removes, splits and merges what was seen alone', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const [one, two] = [await draw(ana), await draw(ana, 80, 120)];
    const ids = [one.id, two.id];
    const seen = [seenOf(one), seenOf(two)];
    await ana.segments.update({ segmentIds: [two.id], note: 'looked twice', seen: [seenOf(two)] });
    const conflict = { code: 'conflict', data: { rows: [{ id: two.id, by: 'Ana', now: { note: 'looked twice' } }] } };
    await expect(ben.segments.remove({ segmentIds: ids, seen })).rejects.toMatchObject(conflict);
    await expect(ben.segments.merge({ segmentIds: ids, seen })).rejects.toMatchObject(conflict);
    await expect(ben.segments.split({ segmentId: two.id, atUs: frames[100]!, seen: seen[1]! })).rejects.toMatchObject(
      conflict,
    );
    expect(await studio.client.segments.list({ videoId })).toHaveLength(2);
    // What both want gone is gone.
    await ana.segments.remove({ segmentIds: [one.id], seen: [seenOf(one)] });
    await ben.segments.remove({ segmentIds: [one.id], seen: [seenOf(one)] });
    expect(await now(one.id)).toBeUndefined();
  });

  test('covers the fields of classes and how far a video was reviewed', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    await ana.classes.update({ classId: 1, name: 'leap', seen: { name: 'jump' } });
    await expect(ben.classes.update({ classId: 1, name: 'hop', seen: { name: 'jump' } })).rejects.toMatchObject({
      code: 'conflict',
      data: { rows: [{ kind: 'class', by: 'Ana', now: { name: 'leap' } }] },
    });
    await expect(ben.classes.remove({ classId: 1, seen: { name: 'jump' } })).rejects.toMatchObject({
      code: 'conflict',
    });
    await ben.classes.update({ classId: 1, colour: '#123456', seen: { colour: '#e69f00' } });
    expect((await ben.classes.list())[0]).toMatchObject({ name: 'leap', colour: '#123456' });

    await ana.reviews.set({ videoId, classIds: [1], state: 'complete', seen: ['unseen'] });
    await expect(
      ben.reviews.set({ videoId, classIds: [1, 2], state: 'in-progress', seen: ['unseen', 'unseen'] }),
    ).rejects.toMatchObject({
      code: 'conflict',
      data: { rows: [{ kind: 'review', id: 1, now: { state: 'complete' } }] },
    });
    expect(await ben.reviews.list({ videoId })).toEqual([{ videoId, classId: 1, state: 'complete' }]);
  });

  test('of a class that was merged goes to the class that it became', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    await ana.classes.merge({ from: 1, into: 2 });
    const made = await draw(ben, 30, 60, 1);
    expect(made.classId).toBe(2);
    await ana.classes.remove({ classId: 3 });
    await expect(draw(ben, 80, 90, 3)).rejects.toMatchObject({
      code: 'not-found',
      message: "The class 'throw' is no longer there: it was removed.",
    });
  });
});

describe('undo of several people', () => {
  test('takes back one’s own, however much others did since, and does it again', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const mine = await draw(ana);
    const theirs = await draw(ben, 80, 120);
    expect(await ana.history.state()).toEqual({ undo: say("Add '{{name}}'", { name: 'jump' }), redo: null });
    expect(await ana.history.undo()).toMatchObject({ segmentIds: [mine.id] });
    expect(await now(theirs.id)).toEqual(theirs);
    await ben.segments.update({ segmentIds: [theirs.id], note: 'more' });
    expect(await ana.history.redo()).toMatchObject({ segmentIds: [mine.id] });
    expect(await now(mine.id)).toEqual(mine);
    await expect(windowOf('Cem').history.undo()).rejects.toMatchObject({ code: 'nothing-to-do' });
  });

  test('leaves what another changed since, says who did, and can pass over it', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const first = await draw(ana);
    const second = await draw(ana, 80, 120);
    await ben.segments.update({ segmentIds: [second.id], note: 'looked' });
    const refused = await ana.history.undo().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Ben has changed since what “Add 'jump'” touched/u),
    });
    const { editId } = (refused as { data: { editId: number } }).data;
    expect(await ana.history.undo({ before: editId })).toMatchObject({ segmentIds: [first.id] });
    expect(await now(second.id)).toMatchObject({ note: 'looked' });
  });

  test('of a class that others use leaves it, and their labels', async () => {
    const [ana, ben] = [windowOf('Ana'), windowOf('Ben')];
    const { id } = await ana.classes.add({ name: 'hop' });
    const made = await draw(ben, 30, 60, id);
    await expect(ana.history.undo()).rejects.toMatchObject({ code: 'conflict' });
    expect(await now(made.id)).toEqual(made);
    // Taken back by Ben, the class may go; then his label cannot come back into nothing.
    await ben.history.undo();
    await ana.history.undo();
    await expect(ben.history.redo()).rejects.toMatchObject({ code: 'conflict' });
  });
});

const seenFields = ['startUs', 'endUs', 'classId', 'state', 'note'] as const;

/** One step: who acts, what they do, to which segment, with what; how much they have looked at since their last step. */
const step = fc.record({
  who: fc.nat({ max: 2 }),
  looks: fc.boolean(),
  what: fc.constantFrom('start', 'end', 'state', 'class', 'note', 'draw', 'remove', 'split', 'undo', 'redo'),
  which: fc.nat({ max: 30 }),
  value: fc.nat({ max: 200 }),
});

test('whatever three people do at once, each change replaces what its maker had seen, and the log tells all of it', async () => {
  const people = ['Ana', 'Ben', 'Cem'].map((name) => ({ name, client: windowOf(name), view: [] as Segment[] }));
  for (let index = 0; index < 6; index += 1) await draw(people[0]!.client, 10 + index * 40, 30 + index * 40);
  const wroteLast = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      for (const { who, looks, what, which, value } of steps) {
        const person = people[who]!;
        const { client, name } = person;
        const before = await studio.client.segments.list({ videoId });
        if (looks) person.view = before;
        const seen = person.view[which % Math.max(1, person.view.length)];
        try {
          if (what === 'draw') await draw(client, value, value + 5 + which);
          else if (what === 'undo') await client.history.undo();
          else if (what === 'redo') await client.history.redo();
          else if (seen !== undefined) await act(client, what, seen, value);
        } catch (error) {
          expect(['conflict', 'not-found', 'nothing-to-do', 'bad-input']).toContain((error as { code: string }).code);
          expect(await studio.client.segments.list({ videoId })).toEqual(before);
          continue;
        }
        const after = await studio.client.segments.list({ videoId });
        for (const row of before) {
          const is = after.find(({ id }) => id === row.id);
          const had = person.view.find(({ id }) => id === row.id);
          const changed = seenFields.filter((field) => is === undefined || is[field] !== row[field]);
          // What is taken back is as its maker left it.
          if (changed.length > 0 && what === 'undo') expect(row.annotator).toBe(name);
          for (const field of changed) {
            const key = `${row.id} ${field}`;
            // It replaced what its maker had seen, or had made.
            if (what !== 'undo' && what !== 'redo' && wroteLast.get(key) !== name)
              expect([key, had?.[field]]).toEqual([key, row[field]]);
            wroteLast.set(key, name);
          }
        }
      }
    }),
    { numRuns: 8 },
  );
  await studio.close();
  const { signal } = new AbortController();
  const options = { appVersion: '0.1.0', repair: false, signal, onProgress: () => undefined };
  expect(await checkProject(join(studio.folder, 'demo.cuepoint'), options)).toEqual([]);
});

async function act(client: BackendClient, what: string, segment: Segment, value: number): Promise<void> {
  const [segmentIds, seen] = [[segment.id], [seenOf(segment)]];
  const { startUs, endUs } = segment;
  if (what === 'start') await client.segments.update({ segmentIds, seen, startUs: frames[value]!, endUs });
  if (what === 'end') await client.segments.update({ segmentIds, seen, startUs, endUs: frames[value + 10]! });
  if (what === 'state')
    await client.segments.update({
      segmentIds,
      seen,
      state: (['proposed', 'accepted', 'rejected'] as const)[value % 3]!,
    });
  if (what === 'class') await client.segments.update({ segmentIds, seen, classId: 1 + (value % 3) });
  if (what === 'note') await client.segments.update({ segmentIds, seen, note: `note ${value}` });
  if (what === 'remove') await client.segments.remove({ segmentIds, seen });
  if (what === 'split')
    await client.segments.split({ segmentId: segment.id, seen: seen[0]!, atUs: (startUs + endUs) / 2 });
}

describe('a restore point', () => {
  const memberOf = (person: string): BackendClient =>
    createRouterClient(studio.router, {
      context: { editor: { person, window: `${person}-window-0001` }, isOwner: false },
    });

  test('is gone back to by anybody over their own edits, by owners alone over others’, and by nobody unseen', async () => {
    const [ana, ben, owner] = [memberOf('Ana'), memberOf('Ben'), windowOf('Olga')];
    const first = await draw(ana, 10, 20);
    const { pointId } = await ana.history.setPoint({ name: 'then' });
    const own = await draw(ana, 30, 40);
    const seenByAna = await ana.history.look({ pointId });
    expect(seenByAna.makers).toEqual([{ annotator: 'Ana', count: 1 }]);
    await ana.history.goBack({ pointId, lastEditId: seenByAna.lastEditId });
    expect(await now(own.id)).toBeUndefined();
    expect(await now(first.id)).toEqual(first);

    const { lastEditId } = await ana.history.look({ pointId });
    const theirs = await draw(ben, 50, 60);
    await expect(ana.history.goBack({ pointId, lastEditId })).rejects.toMatchObject({ code: 'conflict' });
    const seen = await ana.history.look({ pointId });
    expect(seen.makers).toContainEqual({ annotator: 'Ben', count: 1 });
    await expect(ana.history.goBack({ pointId, lastEditId: seen.lastEditId })).rejects.toMatchObject({
      code: 'forbidden',
      message: /what Ben made since/,
    });
    await owner.history.goBack({ pointId, lastEditId: seen.lastEditId });
    expect(await now(theirs.id)).toBeUndefined();
    // Whose name stands on a segment stays who decided on it.
    await owner.history.undo();
    expect(await now(theirs.id)).toEqual(theirs);
  });

  test('is removed by whoever set it, and by owners', async () => {
    const { pointId } = await memberOf('Ana').history.setPoint({ name: 'then' });
    await expect(memberOf('Ben').history.removePoint({ pointId })).rejects.toMatchObject({ code: 'forbidden' });
    await memberOf('Ana').history.removePoint({ pointId });
    expect(await studio.client.history.points()).toEqual([]);
    await expect(studio.client.history.look({ pointId })).rejects.toMatchObject({ code: 'not-found' });
  });
});
