// Protects the drawing itself: it takes a plain scene and any 2D context, and leaves the context as it found it.
import { describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { studioTheme } from '../../shared/theme.ts';
import { fitText } from './draw-boxes.ts';
import { drawOverlay } from './draw-overlay.ts';
import { drawTimeline } from './draw-timeline.ts';
import { filmStepUs } from './draw-tracks.ts';
import { layoutRows } from './layout-rows.ts';
import { timelinePalette } from './timeline-palette.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { threeClasses } from './timeline-arbitraries.ts';
import { fitVideo, timeLimits } from './time-scale.ts';
import { bandAt, trackBands } from './track-bands.ts';

interface Recorded {
  readonly ctx: CanvasRenderingContext2D;
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  readonly state: Record<string, unknown>;
}

/** A context that draws nothing and remembers what it was asked; letters are six pixels wide. */
function recorder(): Recorded {
  const calls: Recorded['calls'] = [];
  const state: Record<string, unknown> = { globalAlpha: 1 };
  const ctx = new Proxy(state, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target) return target[key as string];
      if (key === 'measureText') return (text: string) => ({ width: text.length * 6 });
      return (...args: unknown[]) => void calls.push({ name: key, args });
    },
  }) as unknown as CanvasRenderingContext2D;
  return { ctx, calls, state };
}

const table = FrameTable.fromArray(Float64Array.from({ length: 301 }, (_, index) => index * 40_000));
const segment = (id: number, change: Partial<Segment>): Segment => ({
  ...drawnSegment({ id, videoId: 1, classId: 1, startUs: 1_000_000, endUs: 4_000_000 }),
  ...change,
});

const scene: TimelineScene = {
  table,
  scale: fitVideo(1000, timeLimits({ startUs: 0, endUs: table.lastEndUs }, 40_000)),
  bands: trackBands(480, { filmstrip: false, waveform: true, spectrogram: true, curves: true }),
  layout: layoutRows(threeClasses, [
    segment(1, {}),
    segment(2, { classId: 2, state: 'proposed', score: 0.82, source: { kind: 'model', model: 'm', version: 'v' } }),
    segment(3, { classId: 3, state: 'rejected', score: 0.3, source: { kind: 'import', format: 'csv' } }),
  ]),
  scrollPx: 0,
  selected: new Set([2]),
  focusedClassId: 2,
  draggedIds: new Set(),
  palette: timelinePalette(studioTheme('dark'), 'monospace'),
  thumbnails: null,
  spectrogram: null,
  series: [],
  peaks: new Float32Array([-0.5, 0.5, -0.2, 0.9]),
  curves: {
    timesUs: [0, 5e6, 1e7],
    actionness: [0, 1, 0],
    novelty: [0, 0, 1],
  },
  classCurves: { timesUs: [0, 5e6, 1e7], perClass: [{ classId: 2, probability: [0.1, 0.2, 0.3] }] },
  classScores: false,
  changesUs: [2e6, 2.0001e6, 9e6],
  cutsUs: new Set([2e6, 9e6]),
  asked: [],
};

describe('drawing', () => {
  it('veils what others label of the video', () => {
    const veils = (asked: TimelineScene['asked']): number => {
      const { ctx, calls, state } = recorder();
      drawTimeline(ctx, { ...scene, asked });
      expect(state['globalAlpha']).toBe(1);
      return calls.filter(({ name, args }) => name === 'fillRect' && args[1] === 0).length;
    };
    // Before, between and after the two parts.
    const parts = [
      { startUs: 1_000_000, endUs: 2_000_000 },
      { startUs: 5_000_000, endUs: 6_000_000 },
    ];
    expect(veils(parts)).toBe(veils([]) + 3);
    expect(veils([{ startUs: 0, endUs: 2_000_000 }])).toBe(veils([]) + 1);
  });

  it('writes the class on what is accepted and the score on what is proposed', () => {
    const { ctx, calls } = recorder();
    drawTimeline(ctx, scene);
    const written = calls.filter((call) => call.name === 'fillText').map((call) => call.args[0]);
    expect(written).toEqual(expect.arrayContaining(['class 1', '82 %', 'class 3', '0:00', '0:10']));
  });

  it('marks changes of the picture, those of one place once, cuts solid, and class curves where they are wanted', () => {
    const drawn = (what: 'fill' | 'stroke', more: Partial<TimelineScene>): number => {
      const { ctx, calls } = recorder();
      drawTimeline(ctx, { ...scene, ...more });
      return calls.filter(({ name }) => name === what).length;
    };
    const fills = (more: Partial<TimelineScene>): number => drawn('fill', more);
    expect(fills({}) - fills({ changesUs: [] })).toBe(2);
    const oneCut = { cutsUs: new Set([9e6]) };
    expect(fills(oneCut) - fills({ changesUs: [] })).toBe(1);
    expect(drawn('stroke', oneCut) - drawn('stroke', {})).toBe(1);
    expect(fills({ classScores: true }) - fills({})).toBe(1);
  });

  it('saves and restores in pairs and ends opaque', () => {
    const { ctx, calls, state } = recorder();
    drawTimeline(ctx, scene);
    drawOverlay(ctx, {
      base: scene,
      frame: 12,
      markInUs: 0,
      markOutUs: 400_000,
      previews: [{ classId: 1, span: { startUs: 0, endUs: 80_000 }, segmentId: null }],
      hoverX: 20,
      guideUs: 80_000,
      marquee: [
        { x: 1, y: 2 },
        { x: 30, y: 40 },
      ],
      loop: { startUs: 0, endUs: 1_000_000 },
    });
    const count = (name: string): number => calls.filter((call) => call.name === name).length;
    expect(count('save')).toBe(count('restore'));
    expect(state['globalAlpha']).toBe(1);
  });

  it('leaves the segment that is being dragged to the overlay', () => {
    const { ctx, calls } = recorder();
    drawTimeline(ctx, { ...scene, draggedIds: new Set([1]) });
    expect(calls.some((call) => call.name === 'fillText' && call.args[0] === 'class 1')).toBe(false);
  });
});

describe('labels and pictures', () => {
  it('cuts a label to its room, and leaves it out where too little is left to read', () => {
    const { ctx } = recorder();
    expect(fitText(ctx, 'high jump', 60)).toBe('high jump');
    expect(fitText(ctx, 'volleyball spiking', 60)).toBe('volleybal…');
    expect(fitText(ctx, 'volleyball spiking', 18)).toBe('');
  });

  it('chooses steps between pictures near a picture wide', () => {
    for (const us of [31, 40_000, 999_999, 3.3e8]) {
      expect(filmStepUs(us) / us).toBeGreaterThan(0.8);
      expect(filmStepUs(us) / us).toBeLessThan(1.25);
    }
  });
});

describe('the tracks above the rows', () => {
  const all = { filmstrip: true, waveform: true, spectrogram: true, curves: true };

  it('stand still where there is room, and scroll with the rows where the timeline is low; none vanishes', () => {
    expect(trackBands(600, all)).toMatchObject({
      filmstrip: { scrolls: false },
      waveform: { scrolls: false },
      curves: { scrolls: false },
      scrollingPx: 0,
    });
    const low = trackBands(120, all);
    expect(low).toMatchObject({ filmstrip: { scrolls: true }, waveform: { scrolls: true }, curves: { scrolls: true } });
    expect(low.rows.heightPx).toBeGreaterThanOrEqual(72);
    // Scrolled to the very top they stand below the ruler, one after the other, and the first row after them.
    const [film, sound, spectrum, curves] = [low.filmstrip!, low.waveform!, low.spectrogram!, low.curves!].map((band) =>
      bandAt(band, -low.scrollingPx),
    );
    expect(film!.y).toBe(low.rows.y);
    expect(sound!.y).toBe(film!.y + film!.heightPx);
    expect(spectrum!.y).toBe(sound!.y + sound!.heightPx);
    expect(curves!.y).toBe(spectrum!.y + spectrum!.heightPx);
    expect(curves!.y + curves!.heightPx).toBe(low.rows.y + low.scrollingPx);
  });

  it('fill the canvas without a gap', () => {
    for (const height of [100, 200, 300, 700]) {
      const { rows } = trackBands(height, all);
      expect(rows.y + rows.heightPx).toBe(height);
    }
  });
});
