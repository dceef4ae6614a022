// Protects: features are complete or not there; an interrupted job goes on after its last good row.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FeatureAppender } from './feature-appender.ts';
import { featureFiles } from './feature-files.ts';
import type { FeatureKey } from './feature-key.ts';
import { featureName } from './feature-key.ts';
import { FeatureStore } from './feature-store.ts';
import { keepStage, readStage } from './stage-store.ts';
import { storageFailure } from './storage-failure.ts';

const key: FeatureKey = { videoChecksum: 'sha256:abc123', modelHash: 'm', preprocessingHash: 'p', samplingFps: 4 };
const dim = 3;
/** Row `i` points along axis `i % 3`. */
const rows = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: (to - from) * dim }, (_, index) =>
    index % dim === (from + Math.floor(index / dim)) % dim ? 1 : 0,
  );
const times = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: to - from }, (_, index) => (from + index) * 250_000);

let folder: string;
let store: FeatureStore;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'features-')), 'features');
  store = new FeatureStore(folder);
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

/** Writes `count` rows and stops without finishing. */
async function interruptAfter(count: number): Promise<void> {
  await using appender = await store.append(key, dim);
  await appender.append(rows(0, count), times(0, count));
}

describe('a feature store', () => {
  it('has nothing at first', async () => {
    expect(await store.open(key)).toEqual({ state: 'absent' });
  });

  it('keeps what was appended in parts', async () => {
    await using appender = await store.append(key, dim);
    await appender.append(rows(0, 2), times(0, 2));
    await appender.append(rows(2, 5), times(2, 5));
    await appender.finish();
    expect(await store.open(key)).toEqual({
      state: 'complete',
      video: { features: rows(0, 5), timesUs: times(0, 5), dim },
    });
    const name = featureName(key);
    expect((await readdir(folder)).sort()).toEqual([`${name}.json`, `${name}.npy`, `${name}.times.npy`]);
  });

  it('forgets what was made of features when others are taken in their place', async () => {
    const stage = { kind: 'proposals', features: key, question: 'which' } as const;
    await store.take(key, { features: rows(0, 5), timesUs: times(0, 5), dim });
    await keepStage(folder, stage, { count: 1, width: 2, values: Float64Array.of(1, 2) });
    expect(await readStage(folder, stage)).toMatchObject({ state: 'there' });
    const others = { features: rows(1, 4), timesUs: times(1, 4), dim };
    await store.take(key, others);
    expect(await readStage(folder, stage)).toEqual({ state: 'absent' });
    expect(await store.open(key)).toEqual({ state: 'complete', video: others });
  });

  it('is never complete before the end, and goes on where it stopped', async () => {
    await interruptAfter(4);
    expect(await store.open(key)).toEqual({ state: 'partial', rowCount: 4, dim, lastTimeUs: 750_000 });
    await using appender = await store.append(key, dim);
    expect(appender.rowCount).toBe(4);
    await appender.append(rows(4, 6), times(4, 6));
    await appender.finish();
    expect(await store.open(key)).toMatchObject({ video: { features: rows(0, 6), timesUs: times(0, 6) } });
  });

  it('keeps half precision apart, in half the bytes, and goes on in it', async () => {
    const half = { ...key, numbers: 'float16' } as const;
    const thirds = (from: number, to: number) => rows(from, to).map((value) => value / 3);
    {
      await using appender = await store.append(half, dim);
      await appender.append(thirds(0, 4), times(0, 4));
    }
    expect(await store.open(half)).toMatchObject({ state: 'partial', rowCount: 4 });
    await using appender = await store.append(half, dim);
    await appender.append(thirds(4, 6), times(4, 6));
    await appender.finish();
    const rounded = Float32Array.from(new Float16Array(thirds(0, 6)));
    expect(await store.open(half)).toMatchObject({ state: 'complete', video: { features: rounded } });
    expect(await store.open(key)).toEqual({ state: 'absent' });
    await store.take(key, { features: thirds(0, 6), timesUs: times(0, 6), dim });
    const [small, large] = [half, key].map((each) => statSync(store.filesOf(each).features).size - 128);
    expect([small, large]).toEqual([6 * dim * 2, 6 * dim * 4]);
  });

  it.each([
    ['a torn row', async (partial: string) => truncate(partial, 128 + 3 * dim * 4 + 5)],
    ['a last row that never reached the disk', async (partial: string) => zeroFrom(partial, 128 + 3 * dim * 4)],
  ])('drops %s', async (_, damage) => {
    await interruptAfter(4);
    await damage(featureFiles(folder, key).partialFeatures);
    expect(await store.open(key)).toMatchObject({ state: 'partial', rowCount: 3, lastTimeUs: 500_000 });
    await using appender = await store.append(key, dim);
    await appender.append(rows(3, 5), times(3, 5));
    await appender.finish();
    expect(await store.open(key)).toMatchObject({ video: { features: rows(0, 5), timesUs: times(0, 5) } });
  });

  it('goes on when it died between the two renames of a finish', async () => {
    await interruptAfter(4);
    const files = featureFiles(folder, key);
    await rename(files.partialTimes, files.times);
    expect(await store.open(key)).toMatchObject({ state: 'partial', rowCount: 4 });
    await using appender = await store.append(key, dim);
    expect(appender.rowCount).toBe(4);
    await appender.finish();
    expect(await store.open(key)).toMatchObject({ state: 'complete', video: { timesUs: times(0, 4) } });
  });

  it.each(['', '{"dim":', '{"dim": 7}'])('begins anew where the description is %j', async (description) => {
    await interruptAfter(4);
    await writeFile(featureFiles(folder, key).description, description);
    await using appender = await store.append(key, dim);
    expect(appender.rowCount).toBe(0);
  });

  it('survives kill -9 at any moment', async () => {
    for (const delayMs of [20, 45, 90]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', endlessAppending(folder)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const state = await store.open(key);
      expect(state.state).toBe('partial');
    }
    await using appender = await store.append(key, dim);
    const { rowCount } = appender;
    await appender.finish();
    expect(await store.open(key)).toMatchObject({
      video: { features: rows(0, rowCount), timesUs: times(0, rowCount) },
    });
  });

  it('refuses complete features that were damaged afterwards', async () => {
    await using appender = await store.append(key, dim);
    await appender.append(rows(0, 4), times(0, 4));
    await appender.finish();
    await truncate(featureFiles(folder, key).features, 150);
    await expect(store.open(key)).rejects.toMatchObject({ code: 'bad-input' });
    await store.remove(key);
    expect(await store.open(key)).toEqual({ state: 'absent' });
  });

  it('tells different keys apart', () => {
    const others = [{ videoChecksum: 'x' }, { modelHash: 'x' }, { preprocessingHash: 'x' }, { samplingFps: 2 }];
    const names = [key, ...others.map((other) => ({ ...key, ...other }))].map(featureName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[0-9A-Za-z.-]+$/);
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    const files = { ...featureFiles(folder, key), partialFeatures: '/dev/full', partialTimes: '/dev/full' };
    await expect(FeatureAppender.open(files, { rowCount: 0, dim, lastTimeUs: null })).rejects.toMatchObject({
      code: 'disk-full',
    });
  });

  it.skipIf(process.platform !== 'linux')('says that nothing may be written there, and what to do', async () => {
    // A read-only disk in a container, a lack of permission elsewhere.
    await expect(new FeatureStore('/sys/features').append(key, dim)).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^\/sys\/features.*move the project/u),
    });
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'forbidden'],
  ])('names %s', (code, expected) => {
    expect(storageFailure(Object.assign(new Error(code), { code }), 'x.npy')).toMatchObject({ code: expected });
  });

  it('refuses rows without times and times that go back', async () => {
    await using appender = await store.append(key, dim);
    await expect(appender.append(rows(0, 2), times(0, 1))).rejects.toThrow(RangeError);
    await expect(appender.append(rows(0, 2), Float64Array.of(5, 5))).rejects.toThrow(RangeError);
  });
});

async function zeroFrom(file: string, position: number): Promise<void> {
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0, position));
}

const endlessAppending = (where: string): string => `
  import { FeatureStore } from ${JSON.stringify(path.join(import.meta.dirname, 'feature-store.ts'))};
  const appender = await new FeatureStore(${JSON.stringify(where)}).append(${JSON.stringify(key)}, ${dim});
  for (let row = appender.rowCount; ; row += 1) {
    const feature = new Float32Array(${dim});
    feature[row % ${dim}] = 1;
    await appender.append(feature, Float64Array.of(row * 250_000));
    if (row % 10 === 9) process.stdout.write('.');
  }
`;
