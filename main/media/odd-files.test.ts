// Every picture of the files that labs really have comes out in its place, however it is asked for, and what was mended is told.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFrameSource } from './frame-source.ts';
import type { VideoFrame } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';
import type { VideoProbe } from './probe-video.ts';
import { english } from '#preload/domain/saying.ts';

const fixture = (name: string): string => path.join(import.meta.dirname, 'fixtures', name);

const upTo = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);

/** The number that eight bars spell, the lowest bit on the left. */
function numberOf({ rgb, width, height }: Pick<VideoFrame, 'rgb' | 'width' | 'height'>): number {
  const bits = upTo(8).map((bar) => {
    const at = ((height >> 1) * width + Math.floor(((bar + 0.5) * width) / 8)) * 3;
    return rgb[at + 1]! > 127 ? 1 << bar : 0;
  });
  return bits.reduce((sum, bit) => sum + bit, 0);
}

async function numbersOf(name: string, probe: VideoProbe, indices: readonly number[]): Promise<number[]> {
  await using source = await openFrameSource(fixture(name), probe.frameTable);
  const numbers: number[] = [];
  for await (const lent of source.framesAtIndices(indices)) {
    using frame = lent;
    expect([frame.width, frame.height]).toEqual([probe.width, probe.height]);
    expect(frame.exact).toBe(true);
    numbers.push(numberOf(frame));
  }
  return numbers;
}

interface Kind {
  readonly numbers: readonly number[];
  readonly times: VideoProbe['times'];
  /** Of the first frame, in milliseconds. */
  readonly firstMs?: number;
  readonly tells?: RegExp;
  readonly fps?: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  'packed-bframes.avi': {
    numbers: [...upTo(37), 38],
    times: 'counted',
    firstMs: 120,
    tells: /counted, not stored: 25 fps/,
  },
  'bframes.avi': { numbers: upTo(40), times: 'counted', firstMs: 80, tells: /counted, not stored: 25 fps/ },
  'interlaced.mp4': { numbers: upTo(30), times: 'stored' },
  'dvd.vob': { numbers: upTo(30), times: 'mended', tells: /of 30 frames store no time/ },
  'joined.mpegts': { numbers: [...upTo(40), ...upTo(40, 100)], times: 'mended', tells: /clock starts over once/ },
  'leap.mpegts': { numbers: [...upTo(40), ...upTo(40, 100)], times: 'mended', tells: /clock starts over once/ },
  'two-per-pes.mpegts': { numbers: [...upTo(19), 21], times: 'mended', tells: /10 of 20 frames store no time/ },
  'long-gop.mpegts': { numbers: upTo(75), times: 'stored' },
  'raw.h264': { numbers: upTo(40), times: 'counted', tells: /counted, not stored: 25 fps/ },
  'raw-bframes.hevc': { numbers: upTo(40), times: 'counted', tells: /counted/ },
  'raw.mjpeg': { numbers: upTo(12), times: 'counted', tells: /counted/ },
  'film.y4m': { numbers: upTo(4), times: 'counted', tells: /counted/ },
  'palette.avi': { numbers: upTo(8), times: 'counted', tells: /counted/ },
  'starts-midway.mpegts': {
    numbers: upTo(34, 26),
    times: 'stored',
    firstMs: 640,
    tells: /first 17 frames need earlier ones/,
  },
  'hidden.webm': { numbers: upTo(19), times: 'stored' },
  'size-changes.webm': {
    numbers: [...upTo(12), ...upTo(8, 40)],
    times: 'stored',
    tells: /size of the pictures changes midway; .* 64x48/,
  },
  'unix-time.mp4': { numbers: upTo(40), times: 'stored', tells: /clock starts at/ },
  'two-streams.mp4': { numbers: upTo(40), times: 'stored', tells: /holds 2 video streams/ },
  'delayed.avi': { numbers: upTo(20), times: 'counted', firstMs: 40, tells: /counted, not stored: 25 fps/ },
  'switched-off.mp4': { numbers: upTo(20), times: 'stored', tells: /holds 2 video streams; number 2/ },
  'field-pairs.mp4': { numbers: upTo(25), times: 'stored', firstMs: 40 },
  'layers.webm': { numbers: upTo(20), times: 'stored' },
  'canvas.apng': { numbers: upTo(20), times: 'stored' },
  'joined.mkv': { numbers: [...upTo(20), ...upTo(20, 100)], times: 'mended', tells: /clock starts over once/ },
  'jpeg-first.mkv': { numbers: upTo(40), times: 'stored', tells: /holds 2 video streams/ },
};

describe.each(Object.entries(kinds))('%s', (name, { numbers, times, firstMs = 0, tells, fps = 25 }) => {
  test('has every picture once, in order, evenly spaced, and tells what was mended', async () => {
    const probe = await probeVideo(fixture(name));
    expect(await numbersOf(name, probe, upTo(probe.frameTable.frameCount))).toEqual(numbers);
    const startsUs = numbers.map((_, index) => firstMs * 1000 + Math.round((index * 1_000_000) / fps));
    expect([...probe.frameTable.startsUs()].every((us, index) => Math.abs(us - startsUs[index]!) <= 1000)).toBe(true);
    expect(probe.times).toBe(times);
    expect(probe.damagedPackets).toBe(0);
    if (tells) expect(probe.warnings.map(english).join(' ')).toMatch(tells);
    else expect(probe.warnings).toEqual([]);
  });

  test('shows the same picture when it is asked for alone, from anywhere', async () => {
    const probe = await probeVideo(fixture(name));
    const last = probe.frameTable.frameCount - 1;
    const jumps = [last, 0, last >> 1, last, 1, last - 1, ...upTo(20).map((at) => (at * 37 + 11) % (last + 1))];
    expect(await numbersOf(name, probe, jumps)).toEqual(jumps.map((index) => numbers[index]));
    for (const index of [last, last >> 1]) expect(await numbersOf(name, probe, [index])).toEqual([numbers[index]]);
    const backwards = upTo(last + 1).reverse();
    expect(await numbersOf(name, probe, backwards)).toEqual([...numbers].reverse());
  });

  test('shows frame n from its first to its last microsecond', async () => {
    const { frameTable: table } = await probeVideo(fixture(name));
    await using source = await openFrameSource(fixture(name), table);
    const timesUs = upTo(table.frameCount).flatMap((n) => [table.startUs(n), table.middleUs(n), table.endUs(n) - 1]);
    const seen: number[] = [];
    for await (using frame of source.framesAt(timesUs)) seen.push(numberOf(frame));
    expect(seen).toEqual(numbers.flatMap((number) => [number, number, number]));
  });
});

test('is not played as it is where Chromium would show something else', async () => {
  // Seeks into pictures that are refreshed bit by bit; transparency.
  for (const name of ['intra-refresh.mp4', 'alpha.webm'])
    expect((await probeVideo(fixture(name))).browserPlayable).toBe(false);
});

describe('another stream', () => {
  test('can be read instead of the one that a player shows', async () => {
    const probe = await probeVideo(fixture('two-streams.mp4'), { stream: 1 });
    expect([probe.width, probe.height, probe.frameTable.frameCount]).toEqual([96, 64, 20]);
    expect(await numbersOf('two-streams.mp4', probe, upTo(20))).toEqual(upTo(20, 40));
    expect(probe.browserPlayable).toBe(false);
  });

  test('must be there', async () => {
    await expect(probeVideo(fixture('two-streams.mp4'), { stream: 2 })).rejects.toMatchObject({
      code: 'no-video-stream',
      message: expect.stringContaining('two-streams.mp4'),
    });
  });
});

test('what follows the first of two films in one file is told, as nothing reads it', async () => {
  const joined = path.join(temporaryFolder(), 'joined.mp4');
  const film = readFileSync(fixture('switched-off.mp4'));
  writeFileSync(joined, Buffer.concat([film, film]));
  const { frameTable, warnings } = await probeVideo(joined);
  expect(frameTable.frameCount).toBe(20);
  expect(warnings.map(english).join(' ')).toMatch(/Another film follows/);
});

test('a picture of two field packets is whole when others are left out', async () => {
  const probe = await probeVideo(fixture('field-pairs.mp4'));
  expect(probe.averageFps).toBeCloseTo(25, 3);
  for (const picture of upTo(25)) expect(await numbersOf('field-pairs.mp4', probe, [picture])).toEqual([picture]);
});

test('both fields of an interlaced video become frames of their own, if asked for', async () => {
  const woven = await probeVideo(fixture('interlaced.mp4'));
  const probe = await probeVideo(fixture('interlaced.mp4'), { separateFields: true });
  expect(woven.interlaced && probe.interlaced).toBe(true);
  expect(probe.frameTable.frameCount).toBe(60);
  expect(probe.averageFps).toBeCloseTo(50);
  expect(await numbersOf('interlaced.mp4', probe, upTo(60))).toEqual(upTo(60).map((index) => index >> 1));
  expect(await numbersOf('interlaced.mp4', probe, [59, 3, 2])).toEqual([29, 1, 1]);
  expect(probe.warnings.map(english).join(' ')).toMatch(/Both fields/);
});

describe('colours that the scaler does not know', () => {
  const colourOf = async (name: string): Promise<number[]> => {
    const { frameTable } = await probeVideo(fixture(name));
    await using source = await openFrameSource(fixture(name), frameTable);
    for await (using frame of source.framesAtIndices([1])) return [...frame.rgb.subarray(0, 3)];
    return [];
  };

  test('alpha is left out', async () => expect(await colourOf('alpha.mov')).toEqual([255, 0, 0]));

  test('YCgCo and constant luminance are converted by their own matrices', async () => {
    // Stored are Y 84, Cg 104, Co 158 of limited range; the formulas of ITU-T H.273 give these.
    const [red, green, blue] = await colourOf('ycgco.mp4');
    expect(Math.abs(red! - 141) + Math.abs(green! - 52) + Math.abs(blue! - 72)).toBeLessThan(6);
    expect(await colourOf('bt2020c.mp4')).toHaveLength(3);
  });

  test('colours that cannot be so are shown by guess, and told', async () => {
    expect(await colourOf('contradicting-colours.mp4')).toHaveLength(3);
    const { warnings } = await probeVideo(fixture('contradicting-colours.mp4'));
    expect(warnings.map(english).join(' ')).toMatch(/by guess.*matrix 10, transfer 16/);
  });

  test('high dynamic range is brought to the brightness of a screen', async () => {
    const [red, green, blue] = await colourOf('pq.mp4');
    expect(Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!)).toBeLessThan(4);
    // Half of the perceptual quantiser's scale is 92 cd/m², which is less than diffuse white and far from black.
    expect(red!).toBeGreaterThan(140);
    expect(red!).toBeLessThan(230);
  });
});
