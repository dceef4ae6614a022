// Protects: processes that read and write one folder of features at the same time, as workers and a studio do, see features
// whole or not at all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { FeatureKey } from './feature-key.ts';
import { FeatureStore } from './feature-store.ts';

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
  const workers = ownVideos.map((own) =>
    spawn(process.execPath, ['--input-type=module', '-e', worker(own)], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  const said: string[] = [];
  for (const { stderr } of workers) stderr.on('data', (data: Buffer) => said.push(data.toString()));
  let running = workers.length;
  const ends = workers.map(async (child) => {
    const [code] = (await once(child, 'exit')) as [number | null];
    running -= 1;
    return code;
  });
  const seen = new Set<string>();
  while (running > 0) {
    for (const video of ['shared', ...ownVideos]) {
      const found = await store.open(keyOf(video));
      seen.add(found.state);
      if (found.state !== 'complete') continue;
      expect(found.video.timesUs.length).toBe(count);
      expect(found.video.features.every((value) => value === 0.25)).toBe(true);
    }
  }
  expect([await Promise.all(ends), said.filter((line) => line.includes('Error'))]).toEqual([[0, 0, 0], []]);
  expect(seen.has('complete')).toBe(true);
  for (const video of ['shared', ...ownVideos])
    expect(await store.open(keyOf(video))).toMatchObject({ state: 'complete', video: { dim } });
  expect(readdirSync(folder).filter((name) => /partial|damaged/.test(name))).toEqual([]);
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
