// Protects: what happens at the side of a wide picture is seen where that is asked for, in features of their own.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeClip, type ClipFrame } from '#main/media/clip-writer.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { Framing } from '#preload/domain/settings.ts';
import { makeTestBench, type TestBench } from '../../testing/engine-test-bench.ts';
import type { IndexedMedia } from '../vocabulary.ts';
import { embed } from './embed.ts';
import { EngineMemory } from './engine-memory.ts';

const [width, height, fps, seconds] = [192, 64, 10, 4];
const memory = new EngineMemory();
let bench: TestBench;
let media: IndexedMedia;

/** Grey, and at its right end a bright bar that goes up and down. */
async function* film(): AsyncGenerator<ClipFrame, void> {
  for (let index = 0; index < fps * seconds; index += 1) {
    const rgb = new Uint8Array(width * height * 3).fill(90);
    const top = Math.round(20 + 20 * Math.sin(index));
    for (let y = top; y < top + 20; y += 1) rgb.fill(230, 3 * (y * width + 160), 3 * (y * width + 186));
    yield { rgb, width, height, startUs: (index * 1_000_000) / fps };
  }
}

beforeAll(async () => {
  bench = await makeTestBench(1);
  const file = path.join(bench.folder, 'side.mp4');
  await writeClip(file, film(), { preset: 'ultrafast', endUs: seconds * 1_000_000 });
  const { frameTable } = await probeVideo(file);
  const checksum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  media = { path: file, checksum, frames: frameTable.toArray() };
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

async function featuresOf(framing: Framing | undefined): Promise<Float32Array> {
  const model = { ...bench.model, ...(framing && { framing }) };
  const featuresFolder = path.join(bench.folder, 'features');
  const context = { memory, signal: new AbortController().signal, report: () => undefined };
  await embed({ media, model, samplingFps: 4, featuresFolder }, context);
  const stored = await new FeatureStore(featuresFolder).open(await memory.models.featureKey(media.checksum, model, 4));
  if (stored.state !== 'complete') throw new Error(stored.state);
  return stored.video.features;
}

/** How far the frames' features are from each other, at most. */
function spread(features: Float32Array): number {
  const dim = features.length / (4 * seconds);
  const rows = Array.from({ length: 4 * seconds }, (_, row) => features.subarray(row * dim, (row + 1) * dim));
  return Math.max(...rows.map((row) => Math.hypot(...row.map((value, at) => value - rows[0]![at]!))));
}

it('the middle shows nothing of it, the moving part all', async () => {
  const middle = await featuresOf('middle');
  const moving = await featuresOf('moving');
  expect(await featuresOf(undefined)).toEqual(middle);
  expect(spread(moving)).toBeGreaterThan(10 * spread(middle));
});
