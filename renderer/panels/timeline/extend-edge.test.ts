// The key that brings an edge to the neighbour: it closes the gap, never overlaps, and only ever grows a segment.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '#preload/domain/span.ts';
import { extendEdge } from './extend-edge.ts';

const span = (startUs: number, endUs: number): Span => ({ startUs, endUs });
const others = [span(0, 10), span(15, 20), span(60, 80), span(70, 75)];

test('the nearest neighbour on that side', () => {
  expect(extendEdge(span(30, 40), 'end', others)).toEqual(span(30, 60));
  expect(extendEdge(span(30, 40), 'start', others)).toEqual(span(20, 40));
});

test('asked again, it goes on to the one after', () => {
  expect(extendEdge(span(30, 60), 'end', others)).toEqual(span(30, 70));
  expect(extendEdge(span(20, 40), 'start', others)).toEqual(span(10, 40));
});

test('nothing there, nothing done', () => {
  expect(extendEdge(span(30, 90), 'end', others)).toBeNull();
  expect(extendEdge(span(0, 90), 'start', others)).toBeNull();
});

test('it grows on that side alone, to touch a neighbour with none in between', () => {
  const anySpan = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 20 })).map(([at, length]) => span(at, at + length));
  fc.assert(
    fc.property(anySpan, fc.array(anySpan), fc.constantFrom('start', 'end'), (own, around, edge) => {
      const grown = extendEdge(own, edge, around);
      if (grown === null) return;
      expect(grown.startUs <= own.startUs && grown.endUs >= own.endUs).toBe(true);
      expect(edge === 'end' ? grown.startUs : grown.endUs).toBe(edge === 'end' ? own.startUs : own.endUs);
      const between =
        edge === 'end'
          ? around.filter(({ startUs }) => startUs > own.endUs && startUs < grown.endUs)
          : around.filter(({ endUs }) => endUs < own.startUs && endUs > grown.startUs);
      expect(between).toEqual([]);
    }),
  );
});
