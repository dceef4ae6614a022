// Protects: long work never blocks, is never lost, and ends the way its row says.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { JobsTable } from '../database/jobs-table.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import { engineItself, heldTask } from '../testing/played-engine.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { writeFilm } from '../testing/write-film.ts';

type Embedded = EngineTasks['embed']['output'];
type Localised = EngineTasks['localise']['output'];

const stateOf = async ({ client }: TestStudio, id: number) => (await client.jobs.list()).find((job) => job.id === id)!;

/** A box of an MP4 that players skip, with a number in it. */
function freeBox(number: number): Buffer {
  const box = Buffer.from('\0\0\0\x0Cfree\0\0\0\0', 'latin1');
  box.writeUInt32BE(number, 8);
  return box;
}

/** Two videos, a class and a model: what proposing needs. */
async function readyStudio(): Promise<TestStudio> {
  const studio = await openProjectStudio(['jump']);
  await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' });
  await studio.useModel();
  return studio;
}

describe('jobs', () => {
  test('adding 500 videos answers before any is read', async () => {
    const studio = await openProjectStudio();
    // Each is a film of its own to the studio: a box that is skipped makes another checksum.
    await writeFilm(join(studio.folder, '0.mp4'), 'a: 2');
    const film = readFileSync(join(studio.folder, '0.mp4'));
    for (let index = 1; index < 500; index += 1)
      writeFileSync(join(studio.folder, `${index}.mp4`), Buffer.concat([film, freeBox(index)]));
    const held = heldTask<EngineTasks['index']['output']>();
    studio.engine.tasks.index = held.run;
    const { jobIds } = await studio.client.videos.add({ places: [studio.placeOf(studio.folder).token] });
    expect(jobIds).toHaveLength(500);
    expect(await studio.client.videos.list()).toEqual([]);
    studio.engine.tasks.index = undefined;
    held.finish(await engineItself.run('index', { path: join(studio.folder, '0.mp4') }));
    const jobs = await ended(studio, jobIds);
    expect(jobs.every(({ state }) => state === 'done')).toBe(true);
    expect((await studio.client.videos.list()).map(({ name }) => name).slice(0, 3)).toEqual([
      '0.mp4',
      '1.mp4',
      '2.mp4',
    ]);
  });

  test('imports and scoring go on beside an embedding, and a second embedding waits', async () => {
    const studio = await readyStudio();
    await ended(studio, (await studio.client.analysis.propose({ videoIds: [1] })).jobIds);
    const held = heldTask<Embedded>();
    studio.engine.tasks.embed = held.run;
    const { jobIds } = await studio.client.analysis.propose({ videoIds: null });
    await held.begun;
    expect(await studio.addVideos({ 'c.mp4': 'c: 300' })).toEqual([3]);
    await studio.client.classes.add({ name: 'run' });
    const rescore = (await studio.client.jobs.list()).find(({ kind }) => kind === 'rescore')!;
    expect(await ended(studio, [rescore.id])).toMatchObject([{ state: 'done' }]);
    expect((await stateOf(studio, jobIds[0]!)).state).toBe('running');
    expect((await stateOf(studio, jobIds[1]!)).state).toBe('queued');
  });

  test('the copy of the video in view is made before those that were asked for earlier', async () => {
    const studio = await openProjectStudio();
    const held = heldTask<EngineTasks['proxy']['output']>();
    studio.engine.tasks.proxy = held.run;
    for (const name of ['a', 'b', 'c']) {
      await writeNumberedClip(join(studio.folder, `${name}.mp4`), {
        startsUs: Array.from({ length: 5 }, (_, index) => 700_000 + index * 40_000),
        numbers: Array.from({ length: 5 }, (_, index) => index + name.codePointAt(0)!),
      });
      const { jobIds } = await studio.client.videos.add({
        places: [studio.placeOf(join(studio.folder, `${name}.mp4`)).token],
      });
      await ended(studio, jobIds);
    }
    await held.begun;
    const order = (): Promise<(string | null)[]> =>
      studio.client.jobs
        .list()
        .then((jobs) => jobs.flatMap(({ kind, state, videoId }) => (kind === 'proxy' ? [`${videoId} ${state}`] : [])));
    expect(await order()).toEqual(['3 queued', '2 queued', '1 running']);
    await studio.client.videos.inView({ videoId: 3 });
    studio.engine.tasks.proxy = heldTask<EngineTasks['proxy']['output']>().run;
    held.finish({ warnings: [] });
    await expect.poll(order).toEqual(['3 running', '2 queued', '1 done']);
  });

  test('report progress and time left while they run', async () => {
    const studio = await readyStudio();
    const held = heldTask<Embedded>();
    studio.engine.tasks.embed = held.run;
    const { jobIds } = await studio.client.analysis.propose({ videoIds: [1] });
    const { onProgress } = await held.begun;
    onProgress!({ done: 0.4, step: 'encoding frame 4 of 10' });
    expect(await stateOf(studio, jobIds[0]!)).toMatchObject({
      progress: 0.38,
      step: 'encoding frame 4 of 10',
      remainingS: null,
    });
  });

  test('are cancelled while queued and while running, and queued again', async () => {
    const studio = await readyStudio();
    const held = heldTask<Embedded>();
    studio.engine.tasks.embed = held.run;
    const { jobIds } = await studio.client.analysis.propose({ videoIds: null });
    await held.begun;
    await studio.client.jobs.cancel({ jobIds: [...jobIds].reverse() });
    expect((await ended(studio, jobIds)).map(({ state, failure }) => [state, failure])).toEqual([
      ['cancelled', null],
      ['cancelled', null],
    ]);
    studio.engine.tasks.embed = undefined;
    await studio.client.jobs.retry({ jobIds });
    expect((await ended(studio, jobIds)).map(({ state }) => state)).toEqual(['done', 'done']);
    await studio.client.jobs.clear();
    expect(await studio.client.jobs.list()).toEqual([]);
    await expect(studio.client.jobs.cancel({ jobIds })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that run when the program closes go on at the next start', async () => {
    const studio = await readyStudio();
    const held = heldTask<Embedded>();
    studio.engine.tasks.embed = held.run;
    const { jobIds } = await studio.client.analysis.propose({ videoIds: null });
    await held.begun;
    await studio.close();
    studio.engine.tasks.embed = undefined;
    await studio.openProject(join(studio.folder, 'demo.cuepoint'));
    expect((await ended(studio, jobIds)).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('that do not notice the end of the program within its farewell end later without a word', async () => {
    const studio = await readyStudio();
    const held = heldTask<Embedded>();
    studio.engine.tasks.embed = (_input, options) =>
      held.run(_input, { ...options, signal: new AbortController().signal });
    await studio.client.analysis.propose({ videoIds: [1] });
    const { onProgress } = await held.begun;
    await studio.close();
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onProgress!({ done: 0.9, step: 'encoding' });
    held.finish({
      key: 'late',
      rows: 1,
      shared: 0,
      stopped: null,
      resumedFromRow: 0,
      damagedPackets: 0,
      provider: null,
    });
    // An error that nobody awaits would end this test's process.
    await setTimeout(100);
    expect(told).not.toHaveBeenCalled();
    told.mockRestore();
  });

  test('outlive one death of the engine, and those on which it dies again', async () => {
    const studio = await readyStudio();
    const die = () => {
      throw new Failure('engine-stopped', verbatim('The engine stopped: signal SIGKILL.'));
    };
    let deaths = 0;
    studio.engine.tasks.embed = (input, options) =>
      input.media.path.endsWith('b.mp4') || (deaths += 1) === 1 ? die() : engineItself.run('embed', input, options);
    const jobs = await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    expect(jobs.map(({ state, failure }) => [state, failure?.code])).toEqual([
      ['done', undefined],
      ['failed', 'engine-stopped'],
    ]);
  });

  test('outlive any number of deaths of the engine between which they get further', async () => {
    const studio = await readyStudio();
    let done = 0;
    studio.engine.tasks.embed = (input, options) => {
      done += 0.2;
      options.onProgress?.({ done, step: '' });
      if (done < 0.99) throw new Failure('engine-stopped', verbatim('The engine stopped: signal SIGKILL.'));
      return engineItself.run('embed', input, options);
    };
    expect(await ended(studio, (await studio.client.analysis.propose({ videoIds: [1] })).jobIds)).toMatchObject([
      { state: 'done' },
    ]);
    expect(studio.engine.asked.filter(({ task }) => task === 'embed')).toHaveLength(5);
  });

  test('without a chosen model are refused at once', async () => {
    const studio = await openProjectStudio(['jump']);
    await studio.addVideos({ 'a.mp4': 'a: 300' });
    await expect(studio.client.analysis.propose({ videoIds: null })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('asked for twice are one', async () => {
    const studio = await readyStudio();
    studio.engine.tasks.embed = heldTask<Embedded>().run;
    const first = await studio.client.analysis.propose({ videoIds: null });
    expect(await studio.client.analysis.propose({ videoIds: null })).toEqual(first);
  });
});

describe('scoring again after the classes changed', () => {
  test('is one job however fast they change, and its last word is about the classes as they are', async () => {
    const studio = await readyStudio();
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    studio.engine.tasks.localise = (input, options) => heldTask<Localised>().run(input, options);
    for (const name of ['one', 'two', 'three']) await studio.client.classes.add({ name });
    studio.engine.tasks.localise = undefined;
    await studio.client.classes.add({ name: 'four' });
    const jobs = await idle(studio);
    expect(jobs.filter(({ kind }) => kind === 'rescore')).toMatchObject([{ state: 'done' }]);
    const scored = studio.engine.asked.filter(({ task }) => task === 'localise') as {
      input: EngineTasks['localise']['input'];
    }[];
    expect(scored.length).toBeGreaterThan(2);
    expect(scored.slice(-2).map(({ input }) => input.classes.length)).toEqual([5, 5]);
  });

  test('is not lost where they change while the end of the last scoring waits for room on the disk', async () => {
    const studio = await readyStudio();
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    const full = Promise.withResolvers<void>();
    vi.spyOn(JobsTable.prototype, 'update').mockImplementationOnce(() => {
      full.resolve();
      throw new Failure('disk-full', verbatim('The disk is full.'));
    });
    await studio.client.classes.add({ name: 'one' });
    await full.promise;
    await studio.client.classes.add({ name: 'two' });
    const jobs = await idle(studio);
    expect(jobs.filter(({ kind }) => kind === 'rescore')).toMatchObject([{ state: 'done' }]);
    const last = studio.engine.asked.findLast(({ task }) => task === 'localise')!;
    expect((last.input as EngineTasks['localise']['input']).classes).toHaveLength(3);
  });

  test('follows prompts, removal, undo and redo, but not colours and names', async () => {
    const studio = await readyStudio();
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    const scoredBy = async (change: () => Promise<unknown>) => {
      studio.engine.asked.length = 0;
      await change();
      await idle(studio);
      return studio.engine.asked.some(({ task }) => task === 'localise');
    };
    const { classes, history } = studio.client;
    expect(await scoredBy(() => classes.add({ name: 'run', prompt: 'a person running' }))).toBe(true);
    expect(await scoredBy(() => classes.update({ classId: 2, colour: '#123456' }))).toBe(false);
    expect(await scoredBy(() => classes.update({ classId: 2, name: 'sprint' }))).toBe(false);
    expect(await scoredBy(() => classes.update({ classId: 2, prompt: 'a person sprinting' }))).toBe(true);
    expect(await scoredBy(() => classes.remove({ classId: 1 }))).toBe(true);
    expect(await scoredBy(() => history.undo())).toBe(true);
    expect(await scoredBy(() => history.redo())).toBe(true);
    expect(await scoredBy(() => history.undo())).toBe(true);
    expect(await scoredBy(() => classes.merge({ from: 1, into: 2 }))).toBe(true);
  });
});
