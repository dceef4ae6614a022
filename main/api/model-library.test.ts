// Protects: the library's downloads go on by themselves, can be paused, survive a restart, and end as the project's model.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlayedHub } from '#e2e/models/played-hub.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import type { BackendClient } from '#preload/contract/contract.ts';
import type { Change } from '#preload/contract/changes.ts';
import { writeStandIn } from '#native-models/clip/stand-in.ts';
import { modelLibrary } from '../models/model-library.ts';
import { ended, openProjectStudio, openStudio, type TestStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const { repository, files: usualFiles } = modelLibrary[0]!;
let hub: PlayedHub;
let checkpoint: string;
beforeEach(async () => {
  checkpoint = await makeTinyCheckpoint(temporaryFolder());
  const names = readdirSync(checkpoint).filter((name) => name !== 'expected.safetensors');
  hub = await PlayedHub.start(
    repository,
    new Map(names.map((name) => [name, readFileSync(path.join(checkpoint, name))])),
  );
  vi.stubEnv('HF_ENDPOINT', hub.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub[Symbol.asyncDispose]();
});

/** The news of an arrived model; ask before the download begins. */
async function arrival(client: BackendClient): Promise<Extract<Change, { topic: 'model-arrived' }>> {
  const stop = new AbortController();
  for await (const change of await client.studio.changes(undefined, { signal: stop.signal })) {
    if (change.topic !== 'model-arrived') continue;
    stop.abort();
    return change;
  }
  throw new Error('no model arrived');
}

const download = async (client: BackendClient) =>
  (await client.models.downloads()).find((one) => one.repository === repository);
const stateOf = async (client: BackendClient) => (await download(client))?.state;

/** Resolves when the first large file has begun to come. */
async function hubFallsSilent(): Promise<void> {
  await expect.poll(() => hub.given.at(-1)).toMatch(/ 0-\d{4,}$/u);
}

function studioWithTrial(studio: TestStudio): TestStudio {
  const provider = { chosen: 'cpu' as const, forced: false, trials: [] };
  studio.engine.tasks.timeModel = () => ({ framesPerSecond: 12.5, provider });
  return studio;
}

test('every model of the list says what a person chooses by, and none is there at first', async () => {
  const { client } = openStudio();
  const { models, freeBytes, hub: url } = await client.models.library();
  expect(models.length).toBeGreaterThanOrEqual(4);
  expect(models.every(({ added }) => added === null)).toBe(true);
  expect(new Set(models.map((model) => model.repository)).size).toBe(models.length);
  expect(freeBytes).toBeGreaterThan(0);
  expect(url).toBe(hub.url);
});

test('a download is paused, goes on where it stopped after a restart, and its model is tried and the project’s', async () => {
  const folder = temporaryFolder();
  hub.interruptions.push({ after: 1000, by: 'falling silent' });
  const before = openStudio({ folder });
  await before.client.models.startDownload({ repository });
  await hubFallsSilent();
  const interrupted = hub.given.at(-1)!.split(' ')[0];
  expect(await stateOf(before.client)).toBe('running');
  await before.client.models.pauseDownload({ repository });
  expect(await download(before.client)).toMatchObject({ state: 'paused', failure: null });
  await before.close();

  const { client } = studioWithTrial(await openProjectStudio(['clapping'], folder));
  const paused = (await download(client))!;
  expect(paused).toMatchObject({ state: 'paused' });
  expect(paused.doneBytes).toBeGreaterThan(0);
  expect(paused.totalBytes).toBeGreaterThan(paused.doneBytes);
  const arrived = arrival(client);
  await client.models.startDownload({ repository });
  const { model, chosen } = await arrived;
  expect(chosen).toBe(true);
  expect(await client.models.downloads()).toEqual([]);
  const [entry] = await client.models.list();
  expect(entry).toMatchObject({ name: model, speed: { framesPerSecond: 12.5, provider: 'cpu' }, problem: null });
  expect((await client.projects.info()).settings.model).toBe(model);
  expect((await client.models.library()).models[0]!.added).toBe(model);
  const starts = hub.given.filter((part) => part.startsWith(`${interrupted} `)).map((part) => part.split(/[ -]/)[1]);
  expect(starts).toHaveLength(2);
  expect(Number(starts[1])).toBeGreaterThan(0);
});

test('a model that a project has is not taken from it', async () => {
  const studio = studioWithTrial(await openProjectStudio(['clapping']));
  await studio.useModel();
  const arrived = arrival(studio.client);
  await studio.client.models.startDownload({ repository });
  expect((await arrived).chosen).toBe(false);
  expect((await studio.client.projects.info()).settings.model).toBe('tiny-clip');
});

test('a project that is made after a download begins with its model', async () => {
  const { client, placeOf, folder } = studioWithTrial(openStudio());
  const arrived = arrival(client);
  await client.models.startDownload({ repository });
  const { model, chosen } = await arrived;
  expect(chosen).toBe(false);
  const create = (name: string) => client.projects.create({ place: placeOf(folder).token, name });
  expect((await create('after')).settings.model).toBe(model);
  await client.models.remove({ name: model });
  expect((await create('without')).settings.model).toBe(null);
});

test('a download that is discarded leaves nothing', async () => {
  const { client, folder } = openStudio();
  hub.interruptions.push({ after: 1000, by: 'falling silent' });
  await client.models.startDownload({ repository });
  await hubFallsSilent();
  await client.models.discardDownload({ repository });
  expect(await client.models.downloads()).toEqual([]);
  expect(readdirSync(path.join(folder, 'home', 'models'), { recursive: true })).toEqual([path.dirname(repository)]);
});

test('without a network: what to fetch and where to put it, and a start takes what was put there', async () => {
  await hub[Symbol.asyncDispose]();
  const { client, folder } = studioWithTrial(openStudio());
  await client.models.startDownload({ repository });
  await expect.poll(() => stateOf(client), { timeout: 15_000 }).toBe('failed');
  const place = path.join(folder, 'home', 'models', ...repository.split('/'));
  const { failure } = (await download(client))!;
  expect(failure!.code).toBe('hub-unreachable');
  for (const words of [...usualFiles, place]) expect(failure!.message).toContain(words);
  expect(failure!.message).not.toContain('\n');

  mkdirSync(path.dirname(place), { recursive: true });
  cpSync(checkpoint, `${place}.copy`, { recursive: true });
  renameSync(`${place}.copy`, place);
  const arrived = arrival(client);
  await client.models.startDownload({ repository });
  await arrived;
  expect((await client.models.list()).map((model) => model.folder)).toEqual([place]);
});

test('the trial measures the model itself', async () => {
  const studio = openStudio();
  await studio.client.models.add({ place: studio.placeOf(checkpoint).token });
  const { name, speed } = (await studio.client.models.list())[0]!;
  expect(speed).toBe(null);
  const tried = await studio.client.models.tryOut({ name });
  expect(tried.speed!.framesPerSecond).toBeGreaterThan(0);
  expect(await studio.client.models.list()).toEqual([tried]);
});

test('the trial of the machine tells about how fast every model of the list would be', async () => {
  const { client } = studioWithTrial(openStudio());
  expect((await client.models.library()).models.map(({ speed }) => speed)).toEqual(modelLibrary.map(() => null));
  await client.models.measureMachine();
  const { models } = await client.models.library();
  // 12.5 frames of a ViT-B/16.
  expect(models[0]!.speed).toEqual({ framesPerSecond: expect.closeTo(12.5, 6), measured: false });
  for (const { speed, gigaflops } of models)
    expect(speed!.framesPerSecond * gigaflops).toBeCloseTo(12.5 * models[0]!.gigaflops, 3);
});

test('the stand-in for that trial is a model that computes', async () => {
  const studio = openStudio();
  const folder = temporaryFolder();
  writeStandIn(folder);
  const { dim, imageSize, kind } = await studio.client.models.add({ place: studio.placeOf(folder).token });
  expect({ dim, imageSize, kind }).toEqual({ dim: 512, imageSize: 224, kind: 'CLIP' });
  const input = { model: { folder, provider: 'cpu' as const }, seconds: 0.01 };
  const { framesPerSecond } = await studio.engine.run('timeModel', input);
  expect(framesPerSecond).toBeGreaterThan(0);
});

test('choosing another model says what stays and what is computed anew, and for how long', async () => {
  const studio = studioWithTrial(await openProjectStudio(['clapping', 'waving', 'bowing', 'jumping', 'turning']));
  const { client } = studio;
  const [videoId] = await studio.addVideos({ 'a.mp4': 'acting: 50' });
  await studio.useModel();
  await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
  const [first] = await client.segments.list({ videoId: videoId! });
  expect(first).toBeDefined();
  const other = await client.models.add({ place: studio.placeOf(checkpoint).token });
  await client.models.tryOut({ name: other.name });
  const [video] = await client.videos.list();
  const lengthS = video!.facts.endUs / 1e6;
  const said = await client.projects.modelSwitch({ model: other.name });
  expect(said).toMatchObject({ from: 'tiny-clip', accepted: 0, rejected: 0, videos: 1, restingVersions: 0 });
  expect(said.proposals).toBeGreaterThan(0);
  expect(said.videoSeconds).toBeCloseTo(lengthS, 6);
  expect(said.computingSeconds).toBeCloseTo((lengthS * 4) / 12.5, 6);
  expect(await client.projects.modelSwitch({ model: 'tiny-clip' })).toMatchObject({ videos: 0, videoSeconds: 0 });
});
