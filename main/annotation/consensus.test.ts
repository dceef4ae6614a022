// Protects: settling asks only those who were asked, keeps everything two were asked for, and takes no side.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { consensusOf, type Opinion } from './consensus.ts';

const frameUs = 40_000;
const frames = FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, index) => index * frameUs));

const action = (start: number, length: number, classId = 1): Segment =>
  drawnSegment({ id: 0, videoId: 1, classId, startUs: start * frameUs, endUs: (start + length) * frameUs });
const part = (start: number, end: number): Span => ({ startUs: start * frameUs, endUs: end * frameUs });
const settle = (opinions: readonly Opinion[]) =>
  consensusOf(opinions, 0.8, frames, 7).segments.map(({ id, startUs, state, note }) => ({
    id,
    start: startUs / frameUs,
    state,
    note,
  }));

test('who was not asked for a part disputes nothing there, and what one alone was asked for waits for nobody', () => {
  const ana = { name: 'Ana', segments: [action(10, 10), action(50, 10)], parts: [part(0, 60)] };
  const ben = { name: 'Ben', segments: [action(50, 10), action(80, 10)], parts: [part(40, 100)] };
  expect(settle([ana, ben])).toEqual([{ id: 7, start: 50, state: 'accepted', note: expect.any(String) }]);
});

test('of three, those who were asked are enough to agree, and one of them who says nothing is enough to dispute', () => {
  const ana = { name: 'Ana', segments: [action(10, 10)], parts: null };
  const ben = { name: 'Ben', segments: [action(10, 10)], parts: [part(0, 50)] };
  const cleo = { name: 'Cleo', segments: [], parts: [part(50, 100)] };
  expect(settle([ana, ben, cleo])).toMatchObject([{ state: 'accepted' }]);
  expect(settle([ana, ben, { ...cleo, parts: [part(0, 100)] }])).toMatchObject([
    { state: 'proposed', note: expect.stringMatching(/; Cleo: nothing$/u) },
  ]);
});

test('an action over the edge of a part counts for whoever drew it', () => {
  const ana = { name: 'Ana', segments: [action(49, 11)], parts: [part(0, 50)] };
  const ben = { name: 'Ben', segments: [action(50, 10)], parts: [part(50, 100)] };
  expect(settle([ana, ben])).toMatchObject([{ state: 'accepted' }]);
});

test('asked for everything, nothing that anybody said is left out', () => {
  const segments = fc.array(
    fc
      .record({ start: fc.nat(90), length: fc.integer({ min: 1, max: 10 }), classId: fc.constantFrom(1, 2) })
      .map(({ start, length, classId }) => action(start, length, classId)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(segments, segments, (a, b) => {
      const found = consensusOf(
        [
          { name: 'Ana', segments: a, parts: null },
          { name: 'Ben', segments: b, parts: null },
        ],
        0.8,
        frames,
        1,
      ).segments;
      const said = found.flatMap(({ note }) => note.split('; ')).filter((one) => !one.endsWith(': nothing'));
      expect(said).toHaveLength(a.length + b.length);
    }),
  );
});
