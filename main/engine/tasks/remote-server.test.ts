// Protects: a job whose server goes waits, says so and loses nothing; it computes here only where the person allows that.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playInferenceServer, type PlayedInferenceServer } from '#e2e/models/inference-server.ts';
import { writeRepository } from '#native-models/serving/write-repository.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { makeTestBench, type TestBench } from '../../testing/engine-test-bench.ts';
import type { TaskProgress } from '../vocabulary.ts';
import { askingFor } from '../memory/ask-server.ts';
import { embed } from './embed.ts';
import { embedTexts } from './embed-texts.ts';
import { EngineMemory } from './engine-memory.ts';
import type { TaskContext } from './task-context.ts';

const memory = new EngineMemory();
let bench: TestBench;
let repository: string;

beforeAll(async () => {
  bench = await makeTestBench(6);
  repository = path.join(bench.folder, 'repository');
  writeRepository({ folder: bench.model.folder, hash: '', name: 'lab', precision: 'fp32', out: repository });
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

const serverOf = ({ address }: PlayedInferenceServer, goOnLocally: boolean) =>
  ({ address, model: 'lab', version: '', batch: 2, requests: 1, goOnLocally, authority: '', token: null }) as const;

const question = (features: string, provider: Parameters<typeof embed>[0]['model']['provider']) => ({
  media: bench.media,
  model: { folder: bench.model.folder, provider },
  samplingFps: 10,
  featuresFolder: path.join(bench.folder, features),
});

const rowsOf = async (features: string): Promise<Float32Array> => {
  const { media, model, samplingFps, featuresFolder } = question(features, 'cpu');
  const key = await memory.models.featureKey(media.checksum, model, samplingFps);
  return (await memory.videos.of(featuresFolder, key, media)).features.features;
};

const control = (onReport: (progress: TaskProgress) => void, signal = new AbortController().signal) => ({
  memory,
  signal,
  report: onReport,
});

const embedAsJob = (input: Parameters<typeof embed>[0], context: TaskContext) =>
  askingFor(context, true, (own) => embed(input, { ...own, memory }));

test('a server that is killed in the middle is waited for, and the features are those of this machine', async () => {
  const first = await playInferenceServer('http', repository);
  const port = Number(new URL(first.address).port);
  let again: Promise<PlayedInferenceServer> | null = null;
  let stopped: Promise<void> | null = null;
  let encodedBefore = 0;
  const embedded = await embedAsJob(
    question('remote', serverOf(first, false)),
    control(({ done, step }) => {
      if (english(step).startsWith('encoding') && done > 0.3 && stopped === null) {
        encodedBefore = first.rows.length;
        stopped = Promise.resolve(first[Symbol.asyncDispose]());
      }
      if (english(step).startsWith('waiting for') && again === null)
        again = playInferenceServer('http', repository, port);
    }),
  );
  await using second = await again!;
  expect(embedded.provider?.chosen).toBe('remote');
  expect(encodedBefore).toBeGreaterThan(0);
  expect(second.rows.length).toBeGreaterThan(0);
  await embed(
    question('local', 'cpu'),
    control(() => undefined),
  );
  const [remote, local] = [await rowsOf('remote'), await rowsOf('local')];
  expect(remote.length).toBe(local.length);
  expect(Math.max(...remote.map((value, at) => Math.abs(value - local[at]!)))).toBeLessThan(1e-4);
});

test('whoever waits for a server can cancel, and who asks for a text is told', async () => {
  const gone = await playInferenceServer('http', repository);
  await gone[Symbol.asyncDispose]();
  const stop = new AbortController();
  const steps: string[] = [];
  const waiting = embedAsJob(
    question('cancelled', serverOf(gone, false)),
    control(({ step }) => {
      steps.push(english(step));
      if (english(step).startsWith('waiting for')) stop.abort(new Failure('cancelled', verbatim('stopped')));
    }, stop.signal),
  );
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect(steps).toContain(`waiting for ${new URL(gone.address).host}: nothing listens at its address`);
  const { model } = question('', serverOf(gone, false));
  await expect(
    embedTexts(
      { model, texts: ['jump'] },
      control(() => undefined),
    ),
  ).rejects.toMatchObject({
    code: 'server-away',
  });
});

test.each([
  ['http', 'loading the model'],
  ['grpc', 'loading the model'],
  ['http', 'encoding'],
  ['grpc', 'encoding'],
] as const)('a request to a server that is silent is cut when its job is cancelled: %s, %s', async (protocol, at) => {
  await using silent = await playInferenceServer(protocol, repository);
  const stop = new AbortController();
  const waiting = embedAsJob(
    question(`cut-${protocol}-${at}`, serverOf(silent, true)),
    control(({ step }) => {
      if (english(step).startsWith(at)) silent.spoilt = { silent: true };
    }, stop.signal),
  );
  waiting.catch(() => undefined);
  await expect.poll(() => silent.held, { timeout: 20_000 }).toBeGreaterThan(0);
  stop.abort(new Failure('cancelled', verbatim('stopped')));
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  // The next batch may be under way as well.
  await expect.poll(() => silent.held - silent.cut).toBe(0);
  // Nothing waits behind what was cut.
  silent.spoilt = {};
  const { model } = question('', serverOf(silent, false));
  await expect(
    embedTexts(
      { model, texts: [`${protocol} ${at}`] },
      control(() => undefined),
    ),
  ).resolves.toMatchObject({ dim: 40 });
});

test('clips are scored on the towers here where a server computes the rest, and the report says so', async () => {
  await using server = await playInferenceServer('http', repository);
  const scorer = { folder: bench.model.folder, provider: serverOf(server, false), tunedFile: null };
  const { provider } = await memory.scorers.openEncoder(scorer);
  expect(provider.chosen).not.toBe('remote');
  const { problem } = provider.trials.find((trial) => trial.provider === 'remote')!;
  expect(english(problem!)).toMatch(/this machine computes/);
  const { rows } = await memory.scorers.encodeNames(scorer, ['jump', 'clap']);
  const here = await memory.scorers.encodeNames({ ...scorer, provider: 'cpu' }, ['jump', 'clap']);
  rows.forEach((value, at) => expect(value).toBeCloseTo(here.rows[at]!, 4));
  expect(server.rows).toEqual([]);
});

test('where the person allows it this machine computes while the server is away', async () => {
  const gone = await playInferenceServer('http', repository);
  await gone[Symbol.asyncDispose]();
  const said: string[] = [];
  const embedded = await embedAsJob(
    question('allowed', serverOf(gone, true)),
    control(({ step }) => said.push(english(step))),
  );
  expect(embedded.rows).toBeGreaterThan(0);
  expect(embedded.provider?.chosen).not.toBe('remote');
  expect(said.some((step) => step.startsWith('waiting'))).toBe(false);
});

test('features that are complete are found while the server is away', async () => {
  const gone = await playInferenceServer('http', repository);
  await gone[Symbol.asyncDispose]();
  await embed(
    question('complete', 'cpu'),
    control(() => undefined),
  );
  const said: string[] = [];
  const found = await embedAsJob(
    question('complete', serverOf(gone, false)),
    control(({ step }) => said.push(english(step))),
  );
  expect(found).toMatchObject({ rows: found.resumedFromRow, provider: null });
  expect(said).toEqual([]);
}, 20_000);
