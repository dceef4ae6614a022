// Protects what a drag or a nudge makes: always a span on frames, inside the video, with at least one frame in it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { dragTo, edgeToFrame, nudgeEdge, type SegmentDrag } from './drag-segment.ts';
import { magnetsOf } from './snap-edges.ts';
import { anyTable } from './timeline-arbitraries.ts';

const anySpanOf = (table: FrameTable): fc.Arbitrary<Span> =>
  fc
    .tuple(fc.nat(table.frameCount - 1), fc.nat(table.frameCount - 1))
    .map(([a, b]) => table.spanOfFrames(Math.min(a, b), Math.max(a, b) + 1));

const anyPlace = anyTable.chain((table) => fc.record({ table: fc.constant(table), span: anySpanOf(table) }));
const anyUs = fc.integer({ min: -5_000_000, max: 60_000_000 });
const anyMagnets = fc.array(anyUs, { maxLength: 10 }).map(magnetsOf);

function expectOnFrames(table: FrameTable, span: Span): void {
  expect(table.snapSpan(span)).toEqual(span);
  expect(span.startUs).toBeGreaterThanOrEqual(table.firstStartUs);
  expect(span.endUs).toBeLessThanOrEqual(table.lastEndUs);
  expect(span.endUs).toBeGreaterThan(span.startUs);
}

describe('dragging', () => {
  it('makes a span on frames inside the video, whatever is dragged where', () => {
    const anyDrag = fc.constantFrom<SegmentDrag['kind']>('start', 'end', 'move', 'create');
    fc.assert(
      fc.property(
        anyPlace,
        anyDrag,
        anyUs,
        anyUs,
        anyMagnets,
        fc.nat(500_000),
        ({ table, span }, kind, grabUs, pointerUs, magnets, reachUs) => {
          expectOnFrames(table, dragTo({ kind, original: span, grabUs }, pointerUs, { table, magnets, reachUs }));
        },
      ),
    );
  });

  it('moves one edge and leaves the other alone', () => {
    fc.assert(
      fc.property(anyPlace, anyUs, anyUs, anyMagnets, ({ table, span }, grabUs, pointerUs, magnets) => {
        const grid = { table, magnets, reachUs: 50_000 };
        expect(dragTo({ kind: 'start', original: span, grabUs }, pointerUs, grid).endUs).toBe(span.endUs);
        expect(dragTo({ kind: 'end', original: span, grabUs }, pointerUs, grid).startUs).toBe(span.startUs);
      }),
    );
  });

  it('changes nothing when the pointer comes back to where it took hold, with no magnet about', () => {
    const grid = { magnets: magnetsOf([]), reachUs: 0 };
    fc.assert(
      fc.property(
        anyPlace,
        anyUs,
        fc.constantFrom<SegmentDrag['kind']>('start', 'end', 'move'),
        ({ table, span }, grabUs, kind) => {
          expect(dragTo({ kind, original: span, grabUs }, grabUs, { table, ...grid })).toEqual(span);
        },
      ),
    );
  });

  it('is drawn to a magnet in reach by the nearer edge', () => {
    const table = FrameTable.fromArray(Float64Array.from({ length: 61 }, (_, index) => index * 33_367));
    const span = table.spanOfFrames(10, 20);
    const target = table.startUs(30);
    const grid = { table, magnets: magnetsOf([target]), reachUs: 1000 };
    expect(dragTo({ kind: 'end', original: span, grabUs: 0 }, target - span.endUs + 900, grid).endUs).toBe(target);
    expect(
      dragTo(
        { kind: 'start', original: { startUs: span.startUs, endUs: table.startUs(40) }, grabUs: 0 },
        target - span.startUs - 900,
        grid,
      ).startUs,
    ).toBe(target);
  });
});

describe('keys that move edges', () => {
  it('keep a span on frames, and move by exactly so many where there is room', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: -30, max: 30 }), fc.nat(400), ({ table, span }, frames, at) => {
        const frame = Math.min(at, table.frameCount - 1);
        for (const edge of ['start', 'end'] as const) {
          expectOnFrames(table, nudgeEdge(table, span, edge, frames));
          expectOnFrames(table, edgeToFrame(table, span, edge, frame));
        }
      }),
    );
  });

  it('bring an edge to the frame on screen so that this frame is inside', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(400), ({ table, span }, at) => {
        const frame = Math.min(at, table.frameCount - 1);
        const { startFrame, endFrame } = table.frameRange(span);
        if (frame < endFrame) expect(edgeToFrame(table, span, 'start', frame).startUs).toBe(table.startUs(frame));
        if (frame >= startFrame) expect(edgeToFrame(table, span, 'end', frame).endUs).toBe(table.endUs(frame));
      }),
    );
  });
});
