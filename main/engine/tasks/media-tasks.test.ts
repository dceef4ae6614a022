// What the library and the player ask of the engine: each answer comes back whole through the process border.
import { stripPictures } from '#preload/domain/clip-strip.ts';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childProcessCarrier } from '../carriers.ts';
import type { TestBench } from '../../testing/engine-test-bench.ts';
import { makeTestBench } from '../../testing/engine-test-bench.ts';
import { startEngine } from '../start-engine.ts';
import type { TaskProgress } from '../vocabulary.ts';

const engine = startEngine(childProcessCarrier);
let bench: TestBench;

beforeAll(async () => {
  bench = await makeTestBench(3);
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

it('indexes a file: checksum, facts and frame table, with progress up to the end', async () => {
  const told: TaskProgress[] = [];
  const { checksum, facts, frames } = await engine.run(
    'index',
    { path: bench.media.path },
    { onProgress: (progress) => told.push(progress) },
  );
  expect(checksum).toBe(bench.media.checksum);
  expect(frames).toEqual(bench.media.frames);
  expect(facts).toMatchObject({
    width: 128,
    height: 96,
    frameCount: 90,
    endUs: 3_000_000,
    times: 'stored',
    interlaced: false,
    hasAudio: false,
    warnings: [],
  });
  expect(told.at(-1)?.done).toBe(1);
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
});

it('gives thumbnails and exact frames', async () => {
  const { mime, bytes } = await engine.run('thumbnail', { media: bench.media, atUs: 1_500_000, width: 64 });
  expect(mime).toBe('image/jpeg');
  expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  const { pngs } = await engine.run('frames', { media: bench.media, indices: [89, 0] });
  expect(pngs.map(({ index }) => index)).toEqual([89, 0]);
  const [last, first] = pngs.map((png) => PNG.sync.read(Buffer.from(png.bytes)));
  expect([last!.width, last!.height]).toEqual([128, 96]);
  expect(last!.data.equals(first!.data)).toBe(false);
});

it('gives a span as its pictures side by side', async () => {
  const span = { startUs: 500_000, endUs: 2_500_000 };
  const { mime, bytes } = await engine.run('clipStrip', { media: bench.media, span, width: 64 });
  expect(mime).toBe('image/jpeg');
  // Height and width stand in the header of a baseline JPEG (ITU T.81, B.2.2).
  const jpeg = Buffer.from(bytes);
  const header = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  expect([jpeg.readUInt16BE(header + 7), jpeg.readUInt16BE(header + 5)]).toEqual([64 * stripPictures, 48]);
  // Other frames are another picture.
  const other = { startUs: 2_500_000, endUs: 2_900_000 };
  const next = await engine.run('clipStrip', { media: bench.media, span: other, width: 64 });
  expect(Buffer.from(next.bytes).equals(jpeg)).toBe(false);
});

it('says that a silent video has no waveform', async () => {
  expect(await engine.run('waveform', { media: bench.media, buckets: 10 })).toBeNull();
});

it('writes a proxy with the same frame times, and leaves nothing behind when cancelled', async () => {
  const outPath = path.join(bench.folder, 'proxy.mp4');
  expect(await engine.run('proxy', { media: bench.media, outPath })).toEqual({ warnings: [] });
  const { frames } = await engine.run('index', { path: outPath });
  expect(frames).toEqual(bench.media.frames);

  const cancel = new AbortController();
  const cancelled = path.join(bench.folder, 'cancelled.mp4');
  const options = { signal: cancel.signal, onProgress: () => cancel.abort() };
  await expect(engine.run('proxy', { media: bench.media, outPath: cancelled }, options)).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect(readFile(cancelled)).rejects.toThrow('ENOENT');
});

it('checks a model against its reference tensors', async () => {
  const check = await engine.run('checkModel', bench.model);
  expect(check).toMatchObject({ model: 'tiny-clip', passed: true, provider: { chosen: 'cpu', forced: true } });
  expect(Object.keys(check.tensors)).toContain('image_embeds');
});
