// Protects: rolling a shared edge opens no gap, makes no overlap, leaves each its frame, and touches nobody else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { neighboursOf, rollEdges } from './roll-edges.ts';
import { anyTable } from './timeline-arbitraries.ts';

/** Segments of one class that cover the whole video without a gap. */
const anyChain = anyTable
  .filter((table) => table.frameCount >= 3)
  .chain((table) =>
    fc.uniqueArray(fc.integer({ min: 1, max: table.frameCount - 1 }), { maxLength: 12 }).map((inner) => ({
      table,
      chain: chainOf(
        table,
        inner.toSorted((a, b) => a - b),
      ),
    })),
  );

const chainOf = (table: FrameTable, inner: readonly number[]): Segment[] =>
  [0, ...inner].map((from, index) =>
    drawnSegment({
      id: index + 1,
      videoId: 1,
      classId: 1,
      ...table.spanOfFrames(from, inner[index] ?? table.frameCount),
    }),
  );

const anyEdge = fc.constantFrom('start' as const, 'end' as const, 'both' as const);

test('a chain stays a chain over the same video, whatever edge goes wherever', () => {
  fc.assert(
    fc.property(
      anyChain,
      anyEdge,
      fc.nat(),
      fc.integer({ min: -250, max: 250 }),
      ({ table, chain }, edge, pick, by) => {
        const segment = chain[pick % chain.length]!;
        const { startFrame, endFrame } = table.frameRange(segment);
        const frame = (at: number): number => Math.min(Math.max(at, 0), table.frameCount);
        const start = edge === 'end' ? startFrame : Math.min(frame(startFrame + by), table.frameCount - 1);
        const end =
          edge === 'start' ? endFrame : frame(edge === 'both' ? start + endFrame - startFrame : endFrame + by);
        if (start >= end || (edge === 'both' && end - start !== endFrame - startFrame)) return;
        const moves = rollEdges(segment, neighboursOf(segment, edge, chain), table.spanOfFrames(start, end), table);
        const moved = new Map(moves.map((move) => [move.segment.id, move.span]));
        const after = chain.map((each) => moved.get(each.id) ?? each);
        // The outer edges have no neighbour: they may come in or go out, like any edge.
        for (let index = 1; index < after.length; index += 1)
          expect(after[index]!.startUs).toBe(after[index - 1]!.endUs);
        for (const span of after) {
          const range = table.frameRange(span);
          expect(range.endFrame - range.startFrame).toBeGreaterThanOrEqual(1);
          expect(table.spanOfFrames(range.startFrame, range.endFrame)).toEqual({
            startUs: span.startUs,
            endUs: span.endUs,
          });
        }
        expect(moves.length).toBeLessThanOrEqual(3);
      },
    ),
  );
});

test('an edge goes all the way where there is room', () => {
  fc.assert(
    fc.property(anyChain, fc.nat(), ({ table, chain }, pick) => {
      if (chain.length < 2) return;
      const index = 1 + (pick % (chain.length - 1));
      const [left, right] = [chain[index - 1]!, chain[index]!];
      const leftRange = table.frameRange(left);
      const wanted = { startUs: table.endUs(leftRange.startFrame), endUs: right.endUs };
      const moves = rollEdges(right, neighboursOf(right, 'start', chain), wanted, table);
      expect(moves.map(({ span }) => span)).toEqual([wanted, { startUs: left.startUs, endUs: wanted.startUs }]);
    }),
  );
});

test('where a row has no neighbour of its own, those of others come along', () => {
  const table = anyTableOf(30);
  const [first, second] = chainOf(table, [10]) as [Segment, Segment];
  const other = { ...second, id: 9, classId: 2 };
  expect(neighboursOf(first, 'end', [first, other]).after).toEqual([other]);
  expect(neighboursOf(first, 'end', [first, second, other]).after).toEqual([second]);
  expect(neighboursOf(first, 'start', [first, second, other])).toEqual({ before: [], after: [] });
});

const anyTableOf = (frames: number): FrameTable =>
  fc.sample(
    anyTable.filter((table) => table.frameCount >= frames),
    { numRuns: 1, seed: 1 },
  )[0]!;
