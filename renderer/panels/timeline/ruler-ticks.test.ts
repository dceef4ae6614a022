// Protects the ruler: labels never run into each other, and zoomed in they name real frames.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { rulerTicks } from './ruler-ticks.ts';
import { fitVideo } from './time-scale.ts';
import { anyScaleOf, anyTable, limitsOf } from './timeline-arbitraries.ts';

const anyView = anyTable.chain((table) => fc.record({ table: fc.constant(table), scale: anyScaleOf(table) }));

describe('ruler ticks', () => {
  it('go from left to right, with room between labels', () => {
    fc.assert(
      fc.property(anyView, ({ table, scale }) => {
        const ticks = rulerTicks(scale, table);
        const labelled = ticks.filter((tick) => tick.label !== null);
        expect(ticks.length).toBeLessThan(scale.widthPx);
        for (const [index, tick] of ticks.entries()) if (index > 0) expect(tick.x).toBeGreaterThan(ticks[index - 1]!.x);
        for (const [index, tick] of labelled.entries())
          if (index > 0) expect(tick.x - labelled[index - 1]!.x).toBeGreaterThan(50);
      }),
    );
  });

  it('name frames only where those frames start', () => {
    fc.assert(
      fc.property(anyView, ({ table, scale }) => {
        for (const { label, us } of rulerTicks(scale, table)) {
          if (label?.startsWith('#')) expect(table.startUs(Number(label.slice(1)))).toBe(us);
        }
      }),
    );
  });

  it('label an hour in tens of minutes', () => {
    const table = FrameTable.fromArray(Float64Array.from({ length: 3601 }, (_, index) => index * 1e6));
    const labels = rulerTicks(fitVideo(900, limitsOf(table)), table).flatMap((tick) => tick.label ?? []);
    expect(labels).toEqual(['0:00', '10:00', '20:00', '30:00', '40:00', '50:00', '1:00:00']);
  });
});
