// Protects: clips are sampled by the paper's rule from exact frames, each frame decoded for many clips at once, stored
// whole or not at all, and what two scorers say is put together as probabilities.
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameSource } from '#main/media/frame-source.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { rankClips } from '../retrieve/rank-clips.ts';
import { clipProbabilities } from './clip-probabilities.ts';
import { framesOfSpan, sampledClip, shortClipWarning, wholeVideo } from './clip-span.ts';
import { ClipStore, type ClipKey } from './clip-store.ts';
import { encodeClips, type ClipEncoder } from './encode-clips.ts';
import { english } from '#preload/domain/saying.ts';

const key: ClipKey = {
  videoChecksum: 'abc123',
  modelHash: 'm',
  preprocessingHash: 'p',
  frameCount: 2,
  contextRows: 3,
  dim: 2,
};
const clip = (value: number) => ({
  count: 1,
  frames: new Float32Array(4).fill(value),
  context: new Float32Array(6).fill(-value),
});
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'score-clips-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the frames of a clip', () => {
  it('are those of the published test rule', () => {
    expect([...sampledClip({ startFrame: 0, endFrame: 100 }, 8)]).toEqual([6, 18, 31, 43, 56, 68, 81, 93]);
    expect([...sampledClip({ startFrame: 10, endFrame: 18 }, 8)]).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
    expect([...sampledClip({ startFrame: 5, endFrame: 8 }, 8)]).toEqual([5, 5, 5, 6, 6, 7, 7, 7]);
  });

  it('lie inside, in order, evenly, and repeat only where there are too few', () => {
    const range = fc.tuple(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(1, 4, 8, 16, 32));
    fc.assert(
      fc.property(range, ([startFrame, count, frameCount]) => {
        const frames = [...sampledClip({ startFrame, endFrame: startFrame + count }, frameCount)];
        expect(frames).toHaveLength(frameCount);
        expect(frames[0]).toBeGreaterThanOrEqual(startFrame);
        expect(frames.at(-1)).toBeLessThan(startFrame + count);
        const gaps = frames.slice(1).map((frame, at) => frame - frames[at]!);
        expect(gaps.every((gap) => Math.abs(gap - count / frameCount) < 1)).toBe(true);
        if (count >= frameCount) expect(new Set(frames).size).toBe(frameCount);
      }),
    );
  });

  it('come from spans by the frame table, also of a changing frame rate', () => {
    const table = new FrameTable(Float64Array.of(0, 40_000, 200_000, 210_000), 300_000);
    expect(framesOfSpan(table, { startUs: 35_000, endUs: 204_000 })).toEqual({ startFrame: 1, endFrame: 2 });
    expect(framesOfSpan(table, { startUs: 100, endUs: 101 })).toEqual({ startFrame: 0, endFrame: 1 });
    expect(wholeVideo(table)).toEqual({ startFrame: 0, endFrame: 4 });
    expect(shortClipWarning([wholeVideo(table)], 4)).toBeNull();
    expect(english(shortClipWarning([wholeVideo(table)], 8)!)).toMatch(/^One stretch has fewer than the 8 frames/);
    expect(english(shortClipWarning([wholeVideo(table), wholeVideo(table)], 8)!)).toMatch(/^2 stretches have/);
  });
});

describe('the store of clips', () => {
  it('keeps clips by their frames, and tells what is missing', async () => {
    const store = new ClipStore(folder, key);
    const [a, b] = [
      { startFrame: 5, endFrame: 90 },
      { startFrame: 0, endFrame: 3 },
    ];
    expect(await store.missing([a, b, a])).toEqual([a, b]);
    expect(await store.ranges()).toEqual([]);
    await store.write([a], clip(1));
    await store.write([b], clip(2));
    expect(await store.ranges()).toEqual([b, a]);
    expect(await store.missing([a, b])).toEqual([]);
    const read = await store.read([b, a]);
    expect([...read.frames]).toEqual([2, 2, 2, 2, 1, 1, 1, 1]);
    expect([...read.context]).toEqual([...Array<number>(6).fill(-2), ...Array<number>(6).fill(-1)]);
  });

  it('never mixes models, videos or frame counts', async () => {
    const range = { startFrame: 5, endFrame: 90 };
    for (const other of [{ modelHash: 'n' }, { videoChecksum: 'x' }, { frameCount: 4 }, { preprocessingHash: 'q' }]) {
      expect(await new ClipStore(folder, { ...key, ...other }).missing([range])).toEqual([range]);
    }
  });

  it('says which clip is missing or damaged', async () => {
    const store = new ClipStore(folder, { ...key, modelHash: 'damaged' });
    const range = { startFrame: 1, endFrame: 2 };
    await expect(store.read([range])).rejects.toMatchObject({ code: 'not-found' });
    await store.write([range], clip(1));
    const file = (await readdir(folder, { recursive: true })).find((name) => name.endsWith('1-2.npy'))!;
    await truncate(path.join(folder, file), 140);
    await expect(store.read([range])).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('1-2.npy'),
    });
  });
});

describe('encoding clips', () => {
  it('decodes a frame once for all clips near it, and nothing that is stored', async () => {
    const store = new ClipStore(folder, { ...key, modelHash: 'encoding' });
    const asked: number[] = [];
    const size = 4;
    const source = {
      async *framesAtIndices(indices: Iterable<number>) {
        for (const index of indices) {
          asked.push(index);
          const rgb = new Uint8Array(size * size * 3).fill(index);
          yield {
            index,
            startUs: 0,
            atUs: 0,
            width: size,
            height: size,
            exact: true,
            rgb,
            [Symbol.dispose]: () => undefined,
          };
        }
      },
    } as unknown as FrameSource;
    const seen: number[][] = [];
    const encoder: ClipEncoder = {
      preprocessing: {
        resize: 'squash',
        size,
        cropWidth: size,
        cropHeight: size,
        resample: 'bilinear',
        rescale: 1,
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      frameCount: 2,
      batchSize: 1,
      async encode(pixels) {
        seen.push([pixels[0]!, pixels[3 * size * size]!]);
        return clip(pixels[0]!);
      },
    };
    const ranges = [
      { startFrame: 0, endFrame: 4 },
      { startFrame: 1, endFrame: 3 },
      { startFrame: 0, endFrame: 4 },
      { startFrame: 2, endFrame: 3 },
    ];
    expect(await encodeClips({ source, ranges, encoder, store })).toEqual({ encoded: 3 });
    expect(seen).toEqual([
      [1, 3],
      [1, 2],
      [2, 2],
    ]);
    expect(asked).toEqual([1, 2, 3]);
    expect(await encodeClips({ source, ranges, encoder, store })).toEqual({ encoded: 0 });
    expect(asked).toHaveLength(3);
    const abort = AbortSignal.abort();
    const more = [{ startFrame: 0, endFrame: 9 }];
    await expect(encodeClips({ source, ranges: more, encoder, store, signal: abort })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('what scorers say', () => {
  it('is a distribution over classes and background, alone and together', () => {
    const [row] = clipProbabilities(Float32Array.of(2, 1, 1), 3, 2);
    const total = Math.exp(2) + 2 * Math.exp(1);
    expect([...row!]).toEqual([expect.closeTo(Math.exp(2) / total, 6), expect.closeTo(Math.exp(1) / total, 6)]);
    expect(clipProbabilities(Float32Array.of(5000, -5000), 2, 2)[0]![0]).toBe(1);
  });

  it('ranks moments by clips, or by both rankings, each moment once', () => {
    const at = (videoId: number, startUs: number, clipCosine: number, frameCosine: number | null) => ({
      videoId,
      startUs,
      endUs: startUs + 10,
      clipCosine,
      frameCosine,
    });
    const alone = rankClips([at(1, 0, 0.2, null), at(1, 1, 0.3, null), at(2, 0, 0.1, null)], 5);
    expect(alone.map(({ videoId, startUs, score }) => [videoId, startUs, score])).toEqual([
      [1, 1, 0.3],
      [2, 0, 0.1],
    ]);
    const fused = rankClips([at(1, 0, 0.9, 0.1), at(1, 100, 0.8, 0.9), at(2, 0, 0.1, 0.2)], 2);
    expect(fused.map(({ videoId, startUs }) => [videoId, startUs])).toEqual([
      [1, 100],
      [1, 0],
    ]);
    expect(rankClips([at(1, 0, 0.5, 0.5)], 3)[0]!.score).toBe(1);
    expect(rankClips([], 3)).toEqual([]);
  });
});
