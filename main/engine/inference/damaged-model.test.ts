// A checkpoint that is damaged, in whatever way, gives one clear message, and nothing of it gets into the store.
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import type { TestBench } from '../../testing/engine-test-bench.ts';
import { makeTestBench } from '../../testing/engine-test-bench.ts';
import type { TaskContext } from '../tasks/task-context.ts';
import { describeModelTask } from '../tasks/describe-model.ts';
import { embed } from '../tasks/embed.ts';
import { featureKeyTask } from '../tasks/feature-key.ts';

const memory = new EngineMemory();
const context: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
let bench: TestBench;

beforeAll(async () => {
  bench = await makeTestBench(2);
});

afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

const question = (folder: string) =>
  ({
    media: bench.media,
    model: { folder, provider: 'cpu' },
    samplingFps: 4,
    featuresFolder: path.join(bench.folder, 'features'),
  }) as const;

it('refuses a weight that is not a number when its answers show it', async () => {
  const folder = await makeTinyCheckpoint(path.join(bench.folder, 'with a NaN'));
  await overwriteWeight(path.join(folder, 'model.safetensors'), 'visual_projection.weight', Number.NaN);
  await expect(embed(question(folder), context)).rejects.toMatchObject({
    code: 'unreadable-model',
    message: expect.stringContaining(folder),
  });
  const { complete } = await featureKeyTask({ ...question(folder), checksum: bench.media.checksum }, context);
  expect(complete).toBe(false);
});

it('refuses a file that is cut off, and takes it again once it is whole', async () => {
  const folder = await makeTinyCheckpoint(path.join(bench.folder, 'cut off'));
  const weights = path.join(folder, 'model.safetensors');
  await truncate(weights, 500_000);
  await expect(describeModelTask({ folder }, context)).rejects.toMatchObject({ code: 'unreadable-model' });
  await makeTinyCheckpoint(folder);
  expect((await describeModelTask({ folder }, context)).dim).toBe(40);
});

it('takes changed weights for another model', async () => {
  const folder = await makeTinyCheckpoint(path.join(bench.folder, 'changed'));
  const before = await embed(question(folder), context);
  await overwriteWeight(path.join(folder, 'model.safetensors'), 'visual_projection.weight', 0.5);
  const after = await embed(question(folder), context);
  expect(after.key).not.toBe(before.key);
  expect(after.resumedFromRow).toBe(0);
});

it('embeds pictures without a tokenizer, and says so when texts are asked for', async () => {
  const folder = await makeTinyCheckpoint(path.join(bench.folder, 'pictures only'));
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) await rm(path.join(folder, file));
  expect((await describeModelTask({ folder }, context)).capabilities.embedsTexts).toBe(false);
  expect((await embed(question(folder), context)).rows).toBe(8);
  await expect(memory.texts.embed({ folder, provider: 'cpu' }, ['run'])).rejects.toMatchObject({
    code: 'unreadable-model',
  });
});

/** Overwrites the first number of a tensor in a safetensors file. */
async function overwriteWeight(file: string, tensor: string, value: number): Promise<void> {
  const bytes = await readFile(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  bytes.writeFloatLE(value, 8 + headerLength + header[tensor]!.data_offsets[0]);
  await writeFile(file, bytes);
}
