// Protects what a sensor's track says and draws: the nearest value and no other, gaps as gaps, every extreme in sight.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordingTileUs } from '#preload/domain/recording.ts';
import { studioTheme } from '../../../shared/theme.ts';
import { timelinePalette } from '../timeline-palette.ts';
import type { TimelineScene } from '../timeline-scene.ts';
import { trackBands } from '../track-bands.ts';
import { drawSeries } from './draw-series.ts';
import { levelForReading, nearestEntry, readWords, valueAt, valueWords, type SeriesTrack } from './series-track.ts';

const stepUs = 10_000;
const entriesOf = (samples: readonly (readonly [us: number, value: number])[]): Float64Array =>
  Float64Array.from(samples.flatMap(([us, value]) => [us, us, value, value]));

test('the nearest sample is read, and none beyond a gap', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(times, fc.integer({ min: -2e5, max: 1.2e6 }), (unordered, us) => {
      const ordered = unordered.toSorted((a, b) => a - b);
      const read = nearestEntry(entriesOf(ordered.map((at) => [at, at * 2])), us, stepUs);
      const away = Math.min(...ordered.map((at) => Math.abs(at - us)));
      if (away > 8 * stepUs) expect(read).toBeNull();
      else expect(Math.abs(read!.ownUs - us)).toBe(away);
      if (read) expect(read.low).toBe(read.ownUs * 2);
    }),
  );
});

const source = (entries: Float64Array) => ({ want: () => entries, peek: () => undefined, settle: () => undefined });
const someTrack = (entries: Float64Array, change: Partial<SeriesTrack> = {}): SeriesTrack => ({
  key: '1:1',
  recordingId: 1,
  column: 1,
  name: 'x',
  ink: '#4c9be8',
  scale: { kind: 'all' },
  heightPx: 46,
  offsetUs: 0,
  rate: 1,
  facts: { low: 0, high: 10, stepUs },
  words: 'Reading imu.csv…',
  drawn: source(entries),
  exact: source(entries),
  ...change,
});

test('a value is read through the clock, with as many places as its range needs', () => {
  const track = someTrack(
    entriesOf([
      [0, 1.23456],
      [stepUs, 2],
      [2 * stepUs, Number.NaN],
    ]),
    { offsetUs: 5e6, rate: 2 },
  );
  const words = (us: number): string => readWords(valueAt(track, us), track.facts);
  expect(words(5e6)).toBe('1.23');
  expect(words(5e6 + 2 * stepUs)).toBe('2.00');
  expect(words(5e6 + 4 * stepUs)).toBe('no value');
  expect(words(4e6)).toBe('no value');
  expect(readWords(undefined, track.facts)).toBe('');
  expect(readWords({ low: -1, high: 3, ownUs: 0 }, track.facts)).toBe('−1.00 … 3.00');
  expect(valueWords(0.000_012_3, { low: 0, high: 0.0001 })).toBe('0.0000123');
  expect(valueWords(1_234_567_890, { low: 0, high: 2e9 })).toBe('1.2346e+9');
  expect(recordingTileUs(levelForReading(stepUs))).toBeLessThanOrEqual(1024 * stepUs);
});

function drawn(track: SeriesTrack): { readonly rects: number[][]; readonly words: string[]; readonly lines: number } {
  const [rects, words]: [number[][], string[]] = [[], []];
  let lines = 0;
  const state: Record<string, unknown> = {};
  const ctx = new Proxy(state, {
    get: (target, key: string) => {
      if (key in target) return target[key];
      return (...args: never[]) => {
        if (key === 'fillRect') rects.push(args);
        if (key === 'fillText') words.push(args[0]!);
        if (key === 'lineTo') lines += 1;
      };
    },
  }) as unknown as CanvasRenderingContext2D;
  const scene = {
    scale: { startUs: 0, usPerPx: 1000, widthPx: 500 },
    palette: timelinePalette(studioTheme('dark'), 'monospace'),
  } as TimelineScene;
  drawSeries(ctx, scene, track, { y: 100, heightPx: 46 });
  return { rects, words, lines };
}

test('every pixel reaches from its lowest to its highest value, within the track', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 10, noNaN: true })), {
    minLength: 2,
    maxLength: 200,
  });
  fc.assert(
    fc.property(samples, (steps) => {
      let us = 0;
      const entries = steps.map(([on, value]) => [(us += on), value] as const);
      const { rects } = drawn(someTrack(entriesOf(entries)));
      const yOf = (value: number): number => 100 + 46 - 1 - 3 - (value * (46 - 1 - 6)) / 10;
      for (const [at, value] of entries) {
        const rect = rects.find(([x]) => x === Math.floor(at / 1000))!;
        expect(rect[1]).toBeLessThanOrEqual(yOf(value) + 1e-6);
        expect(rect[1]! + rect[3]!).toBeGreaterThanOrEqual(yOf(value) - 0.6);
        expect(rect[1]).toBeGreaterThanOrEqual(100);
        expect(rect[1]! + rect[3]!).toBeLessThanOrEqual(146);
      }
    }),
  );
});

test('samples are joined but for gaps: no value, or a pause of more than eight steps', () => {
  const at = (...rows: [number, number][]): number => drawn(someTrack(entriesOf(rows))).lines;
  expect(at([0, 1], [10_000, 2], [20_000, 3])).toBe(2);
  expect(at([0, 1], [10_000, Number.NaN], [20_000, 3])).toBe(0);
  expect(at([0, 1], [90_000, 2], [100_000, 3])).toBe(1);
});

test('a constant is drawn in the middle, and what is not there is said', () => {
  const entries = entriesOf([
    [0, 7],
    [10_000, 7],
  ]);
  const { rects, words } = drawn(someTrack(entries, { facts: { low: 7, high: 7, stepUs } }));
  expect(rects[0]![1]).toBe(122);
  expect(words).toHaveLength(2);
  expect(drawn(someTrack(entries, { drawn: null, facts: null })).words).toEqual(['Reading imu.csv…']);
});

test('tracks of sensors stand below the others, and scroll first where the canvas is low', () => {
  const shown = { filmstrip: true, waveform: true, spectrogram: false, curves: true };
  const series = [
    { key: 'a', heightPx: 46 },
    { key: 'b', heightPx: 20 },
  ];
  const high = trackBands(800, shown, series);
  expect(high.series).toMatchObject([
    { key: 'a', y: high.curves!.y + high.curves!.heightPx, scrolls: false },
    { key: 'b', heightPx: 20, scrolls: false },
  ]);
  expect(high.rows.y).toBe(high.series[1]!.y + 20);
  const low = trackBands(320, shown, series);
  expect(low.curves!.scrolls).toBe(false);
  expect(low.series.map(({ scrolls, y }) => [scrolls, y])).toEqual([
    [true, low.rows.y - 66],
    [true, low.rows.y - 20],
  ]);
  expect(low.scrollingPx).toBe(66);
});
