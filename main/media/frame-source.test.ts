// Frame n of the table is the picture numbered n, however it is asked for, and nothing that is asked for is kept.
import path from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readNumber, writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import type { NumberedClip } from '#e2e/clips/numbered-clip.ts';
import { timeVariants } from '#e2e/clips/time-variants.ts';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFrameSource } from './frame-source.ts';
import type { FrameSource, VideoFrame } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';

async function numberedClip(clip: NumberedClip): Promise<{ readonly file: string; readonly table: FrameTable }> {
  const file = path.join(temporaryFolder(), 'clip.mp4');
  await writeNumberedClip(file, clip);
  return { file, table: (await probeVideo(file)).frameTable };
}

const at25 = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 40_000);

interface Seen {
  readonly index: number;
  readonly number: number | null;
  readonly exact: boolean;
}

async function seen(frames: AsyncIterable<VideoFrame>): Promise<Seen[]> {
  const all: Seen[] = [];
  for await (const lent of frames) {
    using frame = lent;
    all.push({ index: frame.index, number: readNumber(frame.rgb, frame.width, frame.height, 3), exact: frame.exact });
  }
  return all;
}

const numbers = (all: readonly Seen[]): (number | null)[] => all.map(({ number }) => number);

describe('every way of keeping time', () => {
  test.each(Object.entries(timeVariants))('%s', async (_, { clip, shown }) => {
    const { file, table } = await numberedClip(clip);
    await using source = await openFrameSource(file, table);
    const inOrder = Array.from(shown.keys());
    expect(numbers(await seen(source.framesAtIndices(inOrder)))).toEqual(shown);
    const shuffled = inOrder.map((index) => (index * 37 + 11) % shown.length);
    expect(numbers(await seen(source.framesAtIndices(shuffled)))).toEqual(shuffled.map((index) => shown[index]));
    const middles = inOrder.filter((index) => index % 7 === 3).map((index) => table.middleUs(index));
    expect(numbers(await seen(source.framesAt(middles)))).toEqual(middles.map((us) => shown[table.frameAt(us)]));
  });
});

describe('keyframes that are no clean start', () => {
  test.each([
    ['an open group of pictures', { bFrames: 3, encoder: { 'x264-params': 'open-gop=1:scenecut=0' } }],
    ['a picture refreshed bit by bit', { encoder: { 'x264-params': 'intra-refresh=1' } }],
    ['reordering that no edit list takes back', { bFrames: 3, muxer: { use_editlist: '0' } }],
    ['fragments', { bFrames: 3, muxer: { movflags: 'frag_keyframe+empty_moov+default_base_moof' } }],
  ])('%s: every frame is found from anywhere', async (_, options) => {
    const { file, table } = await numberedClip({ startsUs: at25(160), gop: 40, ...options });
    await using source = await openFrameSource(file, table);
    const jumps = [159, 38, 39, 40, 41, 0, 82, 79, 120, 43, 119, 121, 2, 77].concat(
      at25(20).map((_us, at) => (at * 67) % 160),
    );
    const all = await seen(source.framesAtIndices(jumps));
    expect(numbers(all)).toEqual(jumps);
    expect(all.every(({ exact }) => exact)).toBe(true);
  });
});

describe('dense reading', () => {
  test('gives the frame on screen at each multiple of 1/fps, again where it lasts longer', async () => {
    const { file, table } = await numberedClip({ startsUs: [0, 100_000, 900_000, 1_000_000], endUs: 1_500_000 });
    await using source = await openFrameSource(file, table);
    expect(numbers(await seen(source.framesAtRate(4)))).toEqual([0, 1, 1, 1, 3, 3]);
    expect(numbers(await seen(source.framesAtRate(4, { fromUs: 300_000, toUs: 1_000_000 })))).toEqual([1, 1]);
  });

  test('leaving out what nobody wants changes no picture that is wanted', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(120), bFrames: 3, gop: 40 });
    await using source = await openFrameSource(file, table);
    const pictures = async (indices: readonly number[]): Promise<Map<number, string>> => {
      const found = new Map<number, string>();
      for await (const lent of source.framesAtIndices(indices)) {
        using frame = lent;
        found.set(frame.index, Buffer.from(frame.rgb).toString('base64'));
      }
      return found;
    };
    const all = await pictures(Array.from({ length: 120 }, (_, index) => index));
    const few = await pictures([3, 11, 18, 26, 41, 77, 78, 119]);
    for (const [index, picture] of few) expect(picture === all.get(index)).toBe(true);
  });
});

describe('damage', () => {
  test('costs its own frames and no others; the picture before stays, and says so', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(60), gop: 1, crf: 0 });
    const bytes = readFileSync(file);
    const start = bytes.indexOf('mdat') + 4;
    // With keyframes only, of about one size, this falls into the frames around the middle.
    bytes.fill(
      0xff,
      start + Math.floor((bytes.length - start) * 0.5),
      start + Math.floor((bytes.length - start) * 0.53),
    );
    writeFileSync(file, bytes);
    await using source = await openFrameSource(file, table);
    const all = await seen(source.framesAtIndices(at25(60).keys()));
    const lost = all.filter(({ exact }) => !exact);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(8);
    expect(source.damagedPackets).toBe(lost.length);
    for (const { index, number, exact } of all) if (exact) expect(number).toBe(index);
    for (const { number } of lost) expect(number).toBe(lost[0]!.index - 1);
  });
});

describe('pictures', () => {
  test('are no larger than asked for, in proportion', async () => {
    const { file, table } = await numberedClip({
      startsUs: at25(3),
      width: 192,
      height: 96,
      sampleAspectRatio: [4, 3],
    });
    const sizeWith = async (options: Parameters<typeof openFrameSource>[2]): Promise<string> => {
      await using source = await openFrameSource(file, table, options);
      for await (using frame of source.framesAt([0])) return `${frame.width}x${frame.height}`;
      return 'none';
    };
    expect(await sizeWith({})).toBe('192x96');
    expect(await sizeWith({ maxWidth: 64 })).toBe('64x32');
    expect(await sizeWith({ maxHeight: 24 })).toBe('48x24');
    expect(await sizeWith({ maxWidth: 1000, maxHeight: 1000 })).toBe('192x96');
  });

  test('take turns in the same memory once they are disposed', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(50) });
    await using source = await openFrameSource(file, table);
    const memories = new Set<ArrayBufferLike>();
    for await (using frame of source.framesAtRate(25)) memories.add(frame.rgb.buffer);
    expect(memories.size).toBeLessThanOrEqual(2);
  });

  test('stay as they are for as long as they are held', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(12) });
    await using source = await openFrameSource(file, table);
    const held: VideoFrame[] = [];
    for await (const frame of source.framesAtRate(25)) held.push(frame);
    expect(held.map(({ rgb, width, height }) => readNumber(rgb, width, height, 3))).toEqual([...held.keys()]);
    for (const frame of held) frame[Symbol.dispose]();
  });
});

describe('ends', () => {
  test('leaving early lets the source be read again', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(30) });
    await using source = await openFrameSource(file, table);
    for await (using frame of source.framesAtRate(25)) if (frame.index === 4) break;
    expect(numbers(await seen(source.framesAtIndices([2, 20])))).toEqual([2, 20]);
  });

  test('two readings at once are refused', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(5) });
    await using source = await openFrameSource(file, table);
    const first = source.framesAtRate(25);
    await first.next();
    await expect(source.framesAtRate(25).next()).rejects.toMatchObject({ code: 'internal' });
    await first.return(undefined);
  });

  test('cancelling stops between frames', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(30) });
    const abort = new AbortController();
    await using source = await openFrameSource(file, table, { signal: abort.signal });
    const reading = async (): Promise<void> => {
      for await (using frame of source.framesAtRate(25)) if (frame.index === 3) abort.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('hardware that is not there is said, and the processor decodes', async () => {
    const { file, table } = await numberedClip({ startsUs: at25(5) });
    await using source = await openFrameSource(file, table, { hardware: true });
    expect(numbers(await seen(source.framesAtRate(25)))).toEqual([0, 1, 2, 3, 4]);
    expect(source.decoding.device === null).toBe(source.decoding.note !== null);
  });
});

const fixtures = ['packed-bframes.avi', 'bframes.avi', 'long-gop.mpegts', 'leap.mpegts', 'dvd.vob', 'hidden.webm'];
const samples = [
  'action/mmaction2_applying_eye_makeup.avi',
  'odd/decord_corrupted.mp4',
  'odd/torchcodec_av1_video.mkv',
];

describe('files of other programs', () => {
  test.each([
    ...fixtures.map((name) => path.join(import.meta.dirname, 'fixtures', name)),
    ...(sharedSamples ? samples.map((name) => sharedSample('video', name)) : []),
  ])('%s: sparse reading gives what reading through gives', async (file) => {
    const { frameTable: table } = await probeVideo(file);
    await using source = await openFrameSource(file, table, { maxHeight: 90 });
    const sums = async (frames: FrameSource, indices: Iterable<number>): Promise<Map<number, number>> => {
      const found = new Map<number, number>();
      for await (const lent of frames.framesAtIndices(indices)) {
        using frame = lent;
        found.set(
          frame.index,
          frame.rgb.reduce((sum, value, at) => (sum * 31 + value + at) % 1_000_003, 7),
        );
      }
      return found;
    };
    const through = await sums(
      source,
      Array.from({ length: table.frameCount }, (_, index) => index),
    );
    const last = table.frameCount - 1;
    const sparse = await sums(
      source,
      [0, last, last >> 1, 3, (last >> 1) + 1, last - 1].map((index) => Math.min(index, last)),
    );
    for (const [index, sum] of sparse) expect(sum).toBe(through.get(index));
  });
});
