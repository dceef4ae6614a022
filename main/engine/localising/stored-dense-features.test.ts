// Protects: what temporal modules make of an hour of video is made once, is stopped when it is asked to stop, and is
// never taken for whole after a kill in the middle.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { denseName, forgetDenseBy, keepDense, readDense } from '#main/pipeline/feature-store/dense-store.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { clearLeftovers } from '#main/project/clear-leftovers.ts';
import { partsOf } from '#main/project/folder-parts.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { temporalModuleName, writeTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import { temporalParameterShapes, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { LeastRecentlyUsed } from '../memory/least-recently-used.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import { seenBy, type SeenAs } from './seen-features.ts';

const shape: TemporalShape = { width: 40, heads: 4, layers: 1, frames: 8, skip: 'outer' };
const rows = 1000;
const { normal } = seededRandom(1);
const features = Float32Array.from({ length: rows * shape.width }, normal);
const engine = new EngineMemory();
let models: string;
let project: string;
let asked: SeenAs;

/** Memory that knows nothing yet, and counts how many parts it has made. */
function freshMemory(onPart: () => void = () => undefined) {
  const made = { parts: 0 };
  const ask: EngineMemory['inference']['ask'] = (name, input, transfer) => {
    if (name === 'denseFeatures') {
      made.parts += 1;
      onPart();
    }
    return engine.inference.ask(name, input, transfer);
  };
  const denseFeatures = new LeastRecentlyUsed<Float32Array>(2 ** 24);
  return { made, memory: { models: engine.models, inference: { ask }, denseFeatures } };
}
const forever = new AbortController().signal;
const filesOf = (): string[] => readdirSync(asked.featuresFolder).filter((name) => name.includes('-dense-'));

beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), 'cuepoint-dense-models-'));
  const plain = await makeTinyCheckpoint(path.join(models, 'plain'));
  const folder = path.join(models, 'with-module');
  await mkdir(folder);
  for (const file of ['config.json', 'model.safetensors', 'tokenizer.json', 'preprocessor_config.json'])
    await copyFile(path.join(plain, file), path.join(folder, file));
  const learned = new Map(
    [...temporalParameterShapes(shape)].map(([name, size]) => [
      name,
      Float32Array.from({ length: size.reduce((a, b) => a * b, 1) }, () => 0.15 * normal()),
    ]),
  );
  writeTemporalModule(path.join(folder, temporalModuleName), { shape, fps: 4, learned, boundaries: null });
});
beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'cuepoint-dense-'));
  const model = { folder: path.join(models, 'with-module'), provider: 'cpu' } as const;
  const key = await engine.models.featureKey('hour', model, 4);
  asked = { model, key, featuresFolder: path.join(project, 'features'), version: null };
});
afterEach(() => rm(project, { recursive: true }));
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await rm(models, { recursive: true });
});

describe('dense features on the disk', () => {
  it('are made once, whoever asks later', async () => {
    const first = freshMemory();
    const seen = await seenBy(first.memory, asked, features, forever);
    expect(first.made.parts).toBeGreaterThan(2);
    expect(filesOf()).toHaveLength(1);
    const second = freshMemory();
    expect(await seenBy(second.memory, asked, features, forever)).toEqual(seen);
    expect(second.made.parts).toBe(0);
  });

  it('are made anew where the file is cut off, or of other features', async () => {
    const seen = await seenBy(freshMemory().memory, asked, features, forever);
    truncateSync(path.join(asked.featuresFolder, filesOf()[0]!), 1000);
    const again = freshMemory();
    expect(await seenBy(again.memory, asked, features, forever)).toEqual(seen);
    expect(again.made.parts).toBeGreaterThan(0);
    const longer = freshMemory();
    const more = await seenBy(longer.memory, asked, Float32Array.of(...features, ...features), forever);
    expect(more).toHaveLength(2 * seen.length);
  });

  it('stop between two parts, and leave nothing', async () => {
    const stop = new AbortController();
    const { memory, made } = freshMemory(() => stop.abort(new Failure('cancelled', verbatim('This was cancelled.'))));
    await expect(seenBy(memory, asked, features, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(made.parts).toBe(1);
    expect(existsSync(asked.featuresFolder) ? filesOf() : []).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('are used without being kept where nothing may be written', async () => {
    const seen = await seenBy(freshMemory().memory, asked, features, forever);
    const nowhere = { ...asked, featuresFolder: '/sys/features' };
    await expect(seenBy(freshMemory().memory, nowhere, features, forever)).resolves.toEqual(seen);
  });

  it('go with the features that they were made from, and with the version that made them', async () => {
    await seenBy(freshMemory().memory, asked, features, forever);
    const byVersion = { features: asked.key, modules: ['own', 'version.safetensors'] };
    await keepDense(asked.featuresFolder, byVersion, features, [rows, shape.width]);
    expect(filesOf()).toHaveLength(2);
    await forgetDenseBy(asked.featuresFolder, 'version.safetensors');
    expect(filesOf()).not.toContain(denseName(byVersion));
    expect(filesOf()).toHaveLength(1);
    await using appender = await new FeatureStore(asked.featuresFolder).append(asked.key, shape.width);
    expect(appender.rowCount).toBe(0);
    expect(filesOf()).toEqual([]);
  });

  it('are whole or not there, however often their writer is killed', { timeout: 60_000 }, async () => {
    const key = { features: asked.key, modules: ['own'] };
    for (const delayMs of [1, 7, 20, 45]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', endlessWriting(key)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const found = await readDense(asked.featuresFolder, key, [200_000, 4]);
      if (found !== null) expect(found.every((value) => value === found[0])).toBe(true);
    }
    clearLeftovers(partsOf(project));
    expect(readdirSync(asked.featuresFolder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

const endlessWriting = (key: object): string => `
  import { keepDense } from ${JSON.stringify(path.join(import.meta.dirname, '../../pipeline/feature-store/dense-store.ts'))};
  const data = new Float32Array(800_000);
  for (let round = 1; ; round += 1) {
    await keepDense(${JSON.stringify(asked.featuresFolder)}, ${JSON.stringify(key)}, data.fill(round), [200_000, 4]);
    process.stdout.write('.');
  }
`;
