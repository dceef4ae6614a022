// Protects the one mapping between time and pixels: nothing under the pointer may slip while zooming or panning.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScaleOf, anyTable, limitsOf } from './timeline-arbitraries.ts';
import {
  bringIntoView,
  clampScale,
  fitSpan,
  fitVideo,
  followSpan,
  panBy,
  turnPage,
  usAt,
  visibleSpan,
  xOf,
  zoomAt,
} from './time-scale.ts';

const anyView = anyTable.chain((table) => fc.record({ table: fc.constant(table), scale: anyScaleOf(table) }));
const pixel = fc.double({ min: 0, max: 1, noNaN: true });

describe('the time scale', () => {
  it('is inverse both ways', () => {
    fc.assert(
      fc.property(anyView, fc.double({ min: -500, max: 4000, noNaN: true }), ({ scale }, x) => {
        expect(xOf(scale, usAt(scale, x))).toBeCloseTo(x, 3);
      }),
    );
  });

  it('follows one stretch after the other at a zoom that suits both, and closes in where it suits none', () => {
    const limits = { span: { startUs: 0, endUs: 600e6 }, minUsPerPx: 100 };
    const first = followSpan(fitVideo(1000, limits), { startUs: 100e6, endUs: 103e6 }, limits);
    expect(visibleSpan(first)).toEqual({ startUs: 99e6, endUs: 104e6 });
    const second = followSpan(first, { startUs: 200e6, endUs: 202e6 }, limits);
    expect(second.usPerPx).toBe(first.usPerPx);
    expect(visibleSpan(second).startUs).toBeCloseTo(198.5e6);
    expect(followSpan(first, { startUs: 300e6, endUs: 360e6 }, limits).usPerPx).toBeGreaterThan(first.usPerPx);
  });

  it('keeps the time under the pointer while zooming, unless the end of the video is in the way', () => {
    fc.assert(
      fc.property(anyView, pixel, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ table, scale }, share, factor) => {
        const limits = limitsOf(table);
        const x = share * scale.widthPx;
        const zoomed = zoomAt(scale, x, factor, limits);
        const free = { ...zoomed, startUs: usAt(scale, x) - x * zoomed.usPerPx };
        if (clampScale(free, limits).startUs === free.startUs) {
          expect(Math.abs(xOf(zoomed, usAt(scale, x)) - x)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  it('never leaves the limits, whatever is asked', () => {
    fc.assert(
      fc.property(anyView, fc.double({ noNaN: true, min: -1e6, max: 1e6 }), pixel, ({ table, scale }, px, share) => {
        const limits = limitsOf(table);
        for (const view of [
          panBy(scale, px, limits),
          zoomAt(scale, share * scale.widthPx, 1e9, limits),
          zoomAt(scale, 0, 1e-9, limits),
        ]) {
          expect(clampScale(view, limits)).toEqual(view);
        }
      }),
    );
  });

  it('shows the whole video from end to end', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 120, max: 3000 }), (table, widthPx) => {
        const { startUs, endUs } = visibleSpan(fitVideo(widthPx, limitsOf(table)));
        expect(startUs).toBeLessThanOrEqual(table.firstStartUs);
        expect(endUs).toBeGreaterThanOrEqual(table.lastEndUs - 1e-3);
      }),
    );
  });

  it('shows all of a span it is fitted to', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 120, max: 3000 }), pixel, pixel, (table, widthPx, a, b) => {
        const [from, to] = [a, b]
          .map((share) => table.frameAt(table.firstStartUs + share * (table.lastEndUs - table.firstStartUs)))
          .sort((x, y) => x - y) as [number, number];
        const span = table.spanOfFrames(from, to + 1);
        const shown = visibleSpan(fitSpan(widthPx, span, limitsOf(table)));
        expect(shown.startUs).toBeLessThanOrEqual(span.startUs + 1e-3);
        expect(shown.endUs).toBeGreaterThanOrEqual(span.endUs - 1e-3);
      }),
    );
  });

  it('moves no further than needed to bring a frame into view, and not at all where it is in view', () => {
    fc.assert(
      fc.property(anyView, pixel, ({ table, scale }, share) => {
        const us = table.startUs(Math.floor(share * (table.frameCount - 1)));
        for (const move of [bringIntoView, turnPage]) {
          const x = xOf(move(scale, us, limitsOf(table)), us);
          expect(x).toBeGreaterThanOrEqual(-1e-3);
          expect(x).toBeLessThanOrEqual(scale.widthPx + 1e-3);
        }
        const x = xOf(scale, us);
        if (x >= 0 && x <= scale.widthPx) expect(bringIntoView(scale, us, limitsOf(table))).toBe(scale);
      }),
    );
  });
});
