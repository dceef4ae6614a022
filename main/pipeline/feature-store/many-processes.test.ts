// Protects: processes that read and write one folder of features at the same time, as workers and a studio do, see features
// whole or not at all, and what is kept for searching as well.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { FeatureKey } from './feature-key.ts';
import { FeatureStore } from './feature-store.ts';
import { readStretches } from './stretch-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'many-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [count, dim] = [2000, 16];
const keyOf = (videoChecksum: string): FeatureKey => ({
  videoChecksum,
  modelHash: 'm',
  preprocessingHash: 'p',
  samplingFps: 4,
});
const ownVideos = ['own-0', 'own-1', 'own-2'];

/** Looks again and again while processes run a script each; all end well. */
async function whileRunning(scripts: readonly string[], look: () => Promise<unknown>): Promise<void> {
  const children = scripts.map((script) =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  const said: string[] = [];
  for (const { stderr } of children) stderr.on('data', (data: Buffer) => said.push(data.toString()));
  let running = children.length;
  const ends = children.map(async (child) => {
    const [code] = (await once(child, 'exit')) as [number | null];
    running -= 1;
    return code;
  });
  while (running > 0) await look();
  expect([await Promise.all(ends), said.filter((line) => line.includes('Error'))]).toEqual([scripts.map(() => 0), []]);
}

/** One process: writes a video of its own in parts, and takes in one that all take in, again and again. */
const worker = (own: string): string => `
  import { FeatureStore } from ${JSON.stringify(path.join(import.meta.dirname, 'feature-store.ts'))};
  const store = new FeatureStore(${JSON.stringify(folder)});
  const keyOf = (videoChecksum) => ({ ...${JSON.stringify(keyOf(''))}, videoChecksum });
  const [count, dim] = [${count}, ${dim}];
  const features = new Float32Array(count * dim).fill(0.25);
  const timesUs = Float64Array.from({ length: count }, (_, row) => row * 250000);
  for (let round = 0; round < 8; round += 1) {
    await using appender = await store.append(keyOf(${JSON.stringify(own)}), dim);
    for (let row = appender.rowCount; row < count; row += 500)
      await appender.append(features.subarray(row * dim, (row + 500) * dim), timesUs.subarray(row, row + 500));
    await appender.finish();
    await store.take(keyOf('shared'), { features, timesUs, dim });
    const found = await store.open(keyOf('shared'));
    if (found.state === 'complete' && found.video.features.some((value) => value !== 0.25)) throw new Error('torn');
  }
`;

it('is whole or absent for whoever looks, and whole in the end', { timeout: 120_000 }, async () => {
  const store = new FeatureStore(folder);
  const seen = new Set<string>();
  await whileRunning(ownVideos.map(worker), async () => {
    for (const video of ['shared', ...ownVideos]) {
      const found = await store.open(keyOf(video));
      seen.add(found.state);
      if (found.state !== 'complete') continue;
      expect(found.video.timesUs.length).toBe(count);
      expect(found.video.features.every((value) => value === 0.25)).toBe(true);
    }
  });
  expect(seen.has('complete')).toBe(true);
  for (const video of ['shared', ...ownVideos])
    expect(await store.open(keyOf(video))).toMatchObject({ state: 'complete', video: { dim } });
  expect(readdirSync(folder).filter((name) => /partial|damaged/.test(name))).toEqual([]);
});

/** One process: keeps its own stretches under a key that all have, and forgets whichever are there now and then. */
const keeper = (code: number): string => `
  import { forgetStretchesOf, keepStretches, readStretches } from ${JSON.stringify(path.join(import.meta.dirname, 'stretch-store.ts'))};
  const [folder, features, count, dim] = [${JSON.stringify(folder)}, ${JSON.stringify(keyOf('searched'))}, ${count}, ${dim}];
  const made = {
    dim, stepS: 0.25,
    lengths: new Uint16Array(count).fill(4),
    scales: new Float32Array(count).fill(${code}),
    codes: new Int8Array(count * dim).fill(${code}),
  };
  for (let round = 0; round < 60; round += 1) {
    await keepStretches(folder, { features, modules: [] }, made);
    const found = await readStretches(folder, { features, modules: [] });
    if (found === 'damaged') throw new Error('torn');
    if (round % 7 === 0) await forgetStretchesOf(folder, features);
  }
`;

it('keeps stretches whole or not at all, whoever writes them last', { timeout: 120_000 }, async () => {
  const key = { features: keyOf('searched'), modules: [] };
  const look = async (): Promise<'absent' | 'whole'> => {
    const found = await readStretches(folder, key);
    if (typeof found === 'string') {
      expect(found).toBe('absent');
      return 'absent';
    }
    const [code] = found.codes;
    expect(found.codes.every((value) => value === code)).toBe(true);
    expect([...new Set(found.scales)]).toEqual([code]);
    expect(found.codes.length).toBe(count * dim);
    return 'whole';
  };
  await whileRunning([1, 2, 3].map(keeper), look);
  expect(await look()).toBe('whole');
});

it('halves features with a loss of at most one part in 2048, and keeps their times', async () => {
  const store = new FeatureStore(folder);
  const whole = keyOf('halved');
  const key = { ...whole, numbers: 'float16' } as const;
  expect(await store.halve(key)).toBe(false);
  const features = Float32Array.from({ length: 100 * dim }, (_, at) => Math.sin(at) / 3);
  const timesUs = Float64Array.from({ length: 100 }, (_, row) => row);
  await store.take(whole, { features, timesUs, dim });
  expect(await store.halve(key)).toBe(true);
  expect(await store.open(whole)).toEqual({ state: 'absent' });
  const found = await store.open(key);
  if (found.state !== 'complete') throw new Error(found.state);
  expect(found.video.timesUs).toEqual(timesUs);
  found.video.features.forEach((value, at) => {
    expect(Math.abs(value - features[at]!)).toBeLessThanOrEqual(Math.abs(features[at]!) / 2048 + 1e-7);
  });
  expect(found.video.features).not.toEqual(features);
});
