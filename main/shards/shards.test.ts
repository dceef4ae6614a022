// Protects: features that other machines computed are what this one would have computed, to the byte, whoever was killed
// or worked twice; what is not right is refused with its reason; and a plan needs nothing of the project.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Collected, PlannedShards } from '#preload/contract/shards.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { inEnglish } from '../testing/in-english.ts';
import { engineItself } from '../testing/played-engine.ts';
import { idle, openProjectStudio, openStudio, type TestStudio } from '../testing/open-studio.ts';
import { planParts, readPlan, readResult, readShard } from './plan-folder.ts';
import { workShard, type ShardOutcome, type WorkEvent } from './work-shard.ts';

const films = { 'a.mp4': 'a: 90', 'b.mp4': 'b: 60', 'c.mp4': 'c: 45', 'd.mp4': 'd: 30', 'e.mp4': 'e: 75' } as const;

async function plannedStudio(shards = 3): Promise<{ readonly studio: TestStudio; readonly planned: PlannedShards }> {
  const studio = await openProjectStudio();
  await studio.addVideos(films);
  await studio.useModel();
  const planned = await studio.client.shards.plan({
    place: studio.placeOf(studio.folder).token,
    folderName: 'plan',
    shards,
  });
  return { studio, planned };
}

const work = (
  folder: string,
  index: number,
  rest: { readonly signal?: AbortSignal; readonly tell?: (event: WorkEvent) => void } = {},
): Promise<ShardOutcome> =>
  workShard({
    folder,
    index,
    program: 'test',
    engine: engineItself,
    signal: new AbortController().signal,
    tell: () => undefined,
    ...rest,
  });

async function collect(studio: TestStudio, folder: string): Promise<Collected> {
  const telling = await studio.client.shards.collect({ place: studio.placeOf(folder).token });
  for (;;) {
    const told = await telling.next();
    if (told.done) return told.value;
  }
}

const sums = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

/** The features of the same films, computed by a project of its own. */
async function localFeatures(): Promise<Record<string, string>> {
  const studio = await openProjectStudio();
  await studio.addVideos(films);
  await studio.useModel();
  await studio.client.analysis.propose({ videoIds: null });
  await idle(studio);
  return sums(join(studio.folder, 'demo.cuepoint', 'features'));
}

test('what shards computed is what the project computes, though one was interrupted, one repeated and one lost at first', async () => {
  const { studio, planned } = await plannedStudio();
  expect(planned.shards.map(({ videos }) => videos).reduce((a, b) => a + b)).toBe(5);
  const stop = new AbortController();
  await expect(
    work(planned.folder, 0, {
      signal: stop.signal,
      tell: ({ event }) => event === 'progress' && stop.abort(new Failure('cancelled', verbatim('stopped'))),
    }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  await work(planned.folder, 0);
  await work(planned.folder, 1);
  const lost = readShard(planned.folder, readPlan(planned.folder), 2).videos;
  expect(await collect(studio, planned.folder)).toEqual({
    taken: 5 - lost.length,
    already: 0,
    absent: lost.map(({ name }) => ({ video: name, shard: 2 })),
    refused: [],
  });
  await work(planned.folder, 2);
  const before = sums(planParts(planned.folder).results);
  expect(await work(planned.folder, 2)).toMatchObject({ computed: 0, already: lost.length, failed: [] });
  expect(sums(planParts(planned.folder).results)).toEqual(before);
  expect(await collect(studio, planned.folder)).toMatchObject({ taken: lost.length, already: 5 - lost.length });
  expect(await collect(studio, planned.folder)).toMatchObject({ taken: 0, already: 5, absent: [], refused: [] });
  // A worker that was stopped between the features and the word of them gives the word, and no provider.
  rmSync(planParts(planned.folder).resultOf(lost[0]!));
  expect(await work(planned.folder, 2)).toMatchObject({ computed: 1, already: lost.length - 1, failed: [] });
  expect(readResult(planned.folder, lost[0]!)).toMatchObject({ provider: null });
  expect(await collect(studio, planned.folder)).toMatchObject({ taken: 0, already: 5, absent: [], refused: [] });
  expect((await studio.client.videos.list()).map(({ embedded }) => embedded)).toEqual(Array(5).fill(true));
  expect(sums(join(studio.folder, 'demo.cuepoint', 'features'))).toEqual(await localFeatures());
  await expect(
    studio.client.shards.plan({ place: studio.placeOf(studio.folder).token, folderName: 'again', shards: 2 }),
  ).rejects.toMatchObject({ code: 'nothing-to-do' });
});

test('a result that is not what was computed, or not what the project would compute, is refused by its own line', async () => {
  const { studio, planned } = await plannedStudio(1);
  await work(planned.folder, 0);
  const [changed, said, swapped, gone, right] = readShard(planned.folder, readPlan(planned.folder), 0).videos;
  const { results, resultOf } = planParts(planned.folder);
  const npy = (of: typeof changed) => join(results, `${of!.features}.npy`);
  const edit = (file: string, at: number, value: number) => {
    const bytes = readFileSync(file);
    bytes[at] = value;
    writeFileSync(file, bytes);
    return createHash('sha256').update(bytes).digest('hex');
  };
  const sayAnew = (of: typeof changed, values: object) => {
    const file = resultOf(of!);
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...values }));
  };
  edit(npy(changed), 400, 7);
  // Whoever forges the checksum too is found out by the length of the row.
  sayAnew(said, { featuresSum: edit(npy(said), 131, 0x7f) });
  cpSync(npy(right), npy(swapped));
  cpSync(join(results, `${right!.features}.times.npy`), join(results, `${swapped!.features}.times.npy`));
  sayAnew(swapped, JSON.parse(readFileSync(resultOf(right!), 'utf8')) as object);
  rmSync(npy(gone));
  const { refused, taken } = await collect(studio, planned.folder);
  expect(taken).toBe(1);
  expect(inEnglish(refused)).toEqual([
    { video: changed!.name, shard: 0, reason: expect.stringContaining('its checksum is another') },
    { video: said!.name, shard: 0, reason: expect.stringContaining('no row of length 1') },
    { video: swapped!.name, shard: 0, reason: expect.stringContaining('another video') },
    { video: gone!.name, shard: 0, reason: expect.stringContaining('is gone') },
  ]);
  const kept = readdirSync(join(studio.folder, 'demo.cuepoint', 'features'));
  expect(kept.sort()).toEqual([`${right!.features}.json`, `${right!.features}.npy`, `${right!.features}.times.npy`]);
  // Worked on again, what is wrong comes anew and the rest stays.
  expect(await work(planned.folder, 0)).toMatchObject({ computed: 3, already: 2 });
  const again = await collect(studio, planned.folder);
  expect(again).toMatchObject({ taken: 3, already: 1, refused: [{ video: said!.name }] });
  const { [said!.features]: _, ...others } = {
    [said!.features]: '',
    ...sums(join(studio.folder, 'demo.cuepoint', 'features')),
  };
  const local = Object.entries(await localFeatures()).filter(([name]) => !name.startsWith(said!.features));
  expect(others).toEqual(Object.fromEntries(local));
});

test('where writing fails midway, what was taken is whole, nothing half is there, and collecting again goes on', async () => {
  const { studio, planned } = await plannedStudio(1);
  await work(planned.folder, 0);
  const [, , third] = readShard(planned.folder, readPlan(planned.folder), 0).videos;
  const features = join(studio.folder, 'demo.cuepoint', 'features');
  const inTheWay = join(features, `${third!.features}.npy`);
  let writes = 0;
  studio.engine.tasks.takeFeatures = async (input, options) => {
    writes += 1;
    if (writes !== 3) return engineItself.run('takeFeatures', input, options);
    // A file cannot be written where a folder with something in it lies; that ends as a full disk does.
    mkdirSync(join(inTheWay, 'something'), { recursive: true });
    const cause: unknown = await engineItself.run('takeFeatures', input, options).then(
      () => null,
      (error: unknown) => error,
    );
    expect(cause).not.toBeNull();
    throw new Failure('disk-full', verbatim('The disk is full.'), {}, { cause });
  };
  await expect(collect(studio, planned.folder)).rejects.toMatchObject({ code: 'disk-full' });
  expect(writes).toBe(3);
  rmSync(inTheWay, { recursive: true });
  expect((await studio.client.videos.list()).filter(({ embedded }) => embedded).length).toBe(2);
  expect(await collect(studio, planned.folder)).toMatchObject({ taken: 3, already: 2, absent: [], refused: [] });
  expect(sums(features)).toEqual(await localFeatures());
});

test('a plan of pictures framed around what moves, kept in half precision, gives what the project computes that way', async () => {
  const moving = async () => {
    const studio = await openProjectStudio();
    await studio.addVideos({ 'a.mp4': films['a.mp4'] });
    await studio.useModel();
    await studio.client.projects.changeSettings({ framing: 'moving', featureNumbers: 'float16' });
    return studio;
  };
  const featuresOf = ({ folder }: TestStudio) => sums(join(folder, 'demo.cuepoint', 'features'));
  const far = await moving();
  const place = far.placeOf(far.folder).token;
  const planned = await far.client.shards.plan({ place, folderName: 'plan', shards: 1 });
  expect(readPlan(planned.folder)).toMatchObject({ framing: 'moving', numbers: 'float16' });
  await work(planned.folder, 0);
  expect(await collect(far, planned.folder)).toMatchObject({ taken: 1, refused: [] });
  const near = await moving();
  await near.client.analysis.propose({ videoIds: null });
  await idle(near);
  expect(featuresOf(far)).toEqual(featuresOf(near));
  await far.client.projects.changeSettings({ framing: 'middle' });
  expect(inEnglish((await collect(far, planned.folder)).refused)).toEqual([
    { video: 'a.mp4', shard: 0, reason: expect.stringContaining('another model, sampling or precision') },
  ]);
});

test('a plan of another model or sampling is refused whole, and a video that the project lost by its line', async () => {
  const { studio, planned } = await plannedStudio(1);
  await work(planned.folder, 0);
  await studio.client.videos.remove({ videoId: 1 });
  expect(inEnglish((await collect(studio, planned.folder)).refused)).toEqual([
    { video: 'a.mp4', shard: 0, reason: 'the project has no such video any more' },
  ]);
  await studio.client.projects.changeSettings({ samplingFps: 2 });
  await expect(collect(studio, planned.folder)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(collect(studio, studio.folder)).rejects.toMatchObject({ code: 'not-found' });
});

test('a worker needs the plan, the model and the videos, wherever they are; what is not the plan’s is said and the rest done', async () => {
  const { planned, studio } = await plannedStudio(1);
  await studio.client.projects.close();
  const moved = openStudio().folder;
  for (const part of ['plan', ...Object.keys(films)]) renameSync(join(studio.folder, part), join(moved, part));
  renameSync(join(studio.folder, 'tiny-clip'), join(moved, 'model'));
  rmSync(join(studio.folder, 'demo.cuepoint'), { recursive: true });
  const folder = join(moved, 'plan');
  // Another film under the name of one, and none under that of another.
  cpSync(join(moved, 'b.mp4'), join(moved, 'c.mp4'));
  rmSync(join(moved, 'd.mp4'));
  const shard = { folder, index: 0, program: 'test', engine: engineItself, tell: () => undefined };
  const { signal } = new AbortController();
  const outcome = await workShard({ ...shard, signal, modelFolder: join(moved, 'model') });
  expect(outcome.computed).toBe(3);
  expect(outcome.failed.map(({ video, failure }) => [video, failure.code])).toEqual([
    ['c.mp4', 'unreadable-video'],
    ['d.mp4', 'not-found'],
  ]);
  const { shards } = planParts(folder);
  expect(existsSync(shards)).toBe(true);
  const other = await workShard({ ...shard, signal });
  expect(new Set(other.failed.map(({ failure }) => failure.code))).toEqual(new Set(['not-found']));
  writeFileSync(planParts(planned.folder.replace(studio.folder, moved)).shard(0), '{"videos": [{"features": "../x"}]}');
  await expect(workShard({ ...shard, signal })).rejects.toMatchObject({ code: 'bad-input' });
});
