// Protects: agreement is what its definitions say, counted frame by frame and pair by pair, and takes no side.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import { agreementOf, type VideoOfTwo } from './agreement.ts';
import { commonParts } from './common-parts.ts';
import { frameAgreement } from './frame-kappa.ts';
import { matchSpans, type LabelledSpan } from './match-spans.ts';

const frameCount = 60;
const frameUs = 40_000;
const frames = FrameTable.fromArray(Float64Array.from({ length: frameCount + 1 }, (_, index) => index * frameUs));

const classes = [1, 2, 3].map((id) => ({ id, name: `class ${id}` }));
const span = fc
  .record({
    classId: fc.integer({ min: 1, max: 3 }),
    start: fc.nat(frameCount - 2),
    length: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ classId, start, length }): LabelledSpan => ({
    classId,
    startUs: start * frameUs,
    endUs: Math.min(frameCount, start + length) * frameUs,
  }));
const spans = fc.array(span, { maxLength: 8 });
const videos = fc.array(fc.record({ frames: fc.constant(frames), a: spans, b: spans }), { minLength: 1, maxLength: 3 });
const swapped = (of: readonly VideoOfTwo[]): VideoOfTwo[] =>
  of.map(({ frames: table, a, b }) => ({ frames: table, a: b, b: a }));

/** Cohen's κ by its definition, from one category for each frame. */
function kappaOfFrames(a: readonly string[], b: readonly string[]): number | null {
  const observed = a.filter((one, index) => one === b[index]).length / a.length;
  const share = (of: readonly string[], what: string): number => of.filter((one) => one === what).length / of.length;
  const chance = [...new Set(a)].reduce((sum, what) => sum + share(a, what) * share(b, what), 0);
  return 1 - chance < 1e-12 ? null : (observed - chance) / (1 - chance);
}

/** The classes of each frame. */
const framesOf = (of: readonly LabelledSpan[]): number[][] =>
  Array.from({ length: frameCount }, (_, frame) =>
    [
      ...new Set(
        of
          .filter(({ startUs, endUs }) => startUs <= frame * frameUs && frame * frameUs < endUs)
          .map(({ classId }) => classId),
      ),
    ].sort((x, y) => x - y),
  );

const inFrames = (one: LabelledSpan) => ({ classId: one.classId, ...frames.frameRange(one) });
const close = (found: number | null | undefined, wanted: number | null): void => {
  if (wanted === null || found == null) expect(found ?? null).toBe(wanted);
  else expect(found).toBeCloseTo(wanted, 9);
};

test('κ from edges is κ frame by frame, over all classes and for each', () => {
  fc.assert(
    fc.property(videos, (all) => {
      const found = frameAgreement(all.map(({ a, b }) => ({ frameCount, a: a.map(inFrames), b: b.map(inFrames) })));
      const [a, b] = [all.flatMap((video) => framesOf(video.a)), all.flatMap((video) => framesOf(video.b))];
      close(found.kappa, kappaOfFrames(a.map(String), b.map(String)));
      for (const [classId, kappa] of found.kappaOfClass)
        close(
          kappa,
          kappaOfFrames(
            a.map((on) => String(on.includes(classId))),
            b.map((on) => String(on.includes(classId))),
          ),
        );
      expect(found.frames).toBe(all.length * frameCount);
    }),
  );
});

describe('segments', () => {
  test('are matched one to one, within their class, by no less than the overlap that is asked for', () => {
    fc.assert(
      fc.property(spans, spans, fc.constantFrom(0.1, 0.5, 0.7), (a, b, tIoU) => {
        const pairs = matchSpans(a, b, tIoU);
        expect(new Set(pairs.map((pair) => pair.a)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.b)).size).toBe(pairs.length);
        for (const pair of pairs) {
          expect(a[pair.a]!.classId).toBe(b[pair.b]!.classId);
          expect(temporalIoU(a[pair.a]!, b[pair.b]!)).toBeGreaterThanOrEqual(tIoU);
        }
        // Nothing is left that could still be matched.
        const [usedA, usedB] = [new Set(pairs.map((pair) => pair.a)), new Set(pairs.map((pair) => pair.b))];
        for (const [at, one] of a.entries())
          for (const [other, two] of b.entries())
            if (!usedA.has(at) && !usedB.has(other) && one.classId === two.classId)
              expect(temporalIoU(one, two)).toBeLessThan(tIoU);
      }),
    );
  });

  test('whoever is the reference, F1 is the same; precision and recall, deviations and confusion change sides', () => {
    fc.assert(
      fc.property(videos, (all) => {
        const [one, other] = [agreementOf(all, classes), agreementOf(swapped(all), classes)];
        expect(other.matches.map(({ f1, pairs }) => ({ f1, pairs }))).toEqual(
          one.matches.map(({ f1, pairs }) => ({ f1, pairs })),
        );
        expect(other.matches.map(({ precision }) => precision)).toEqual(one.matches.map(({ recall }) => recall));
        close(other.kappa, one.kappa);
        close(other.boundaries.start?.meanAbsoluteUs, one.boundaries.start?.meanAbsoluteUs ?? null);
        close(other.boundaries.end?.meanUs, one.boundaries.end === null ? null : -one.boundaries.end.meanUs);
        const turned = one.confusion.counts.map((row, at) =>
          row.map((_, column) => one.confusion.counts[column]![at]!),
        );
        expect(other.confusion.counts).toEqual(turned);
      }),
    );
  });

  test('who compares with themselves agrees in all', () => {
    fc.assert(
      fc.property(fc.array(spans, { minLength: 1, maxLength: 3 }), (all) => {
        const same = agreementOf(
          all.map((a) => ({ frames, a, b: a })),
          classes,
        );
        const count = all.flat().length;
        for (const { f1, pairs } of same.matches) {
          expect(f1).toBe(count === 0 ? null : 1);
          expect(pairs).toBe(count);
        }
        expect(same.sameFrames).toBe(1);
        expect([1, null]).toContain(same.kappa);
        if (count > 0) expect(same.boundaries.start).toMatchObject({ meanUs: 0, maximumUs: 0 });
        same.confusion.counts.forEach((row, at) =>
          row.forEach((value, column) => at !== column && expect(value).toBe(0)),
        );
      }),
    );
  });

  test('the confusion counts every segment of both once', () => {
    fc.assert(
      fc.property(videos, (all) => {
        const { confusion, segments } = agreementOf(all, classes);
        const none = confusion.classIds.length;
        const total = confusion.counts.flat().reduce((sum, value) => sum + value, 0);
        const onlyA = confusion.counts.reduce((sum, row) => sum + row[none]!, 0);
        const onlyB = confusion.counts[none]!.reduce((sum, value) => sum + value, 0);
        expect(total - onlyB).toBe(segments.a);
        expect(total - onlyA).toBe(segments.b);
      }),
    );
  });
});

test('a worked example', () => {
  const at = (classId: number, start: number, end: number): LabelledSpan => ({
    classId,
    startUs: start * frameUs,
    endUs: end * frameUs,
  });
  const found = agreementOf(
    [{ frames, a: [at(1, 0, 10), at(2, 20, 30)], b: [at(1, 2, 10), at(3, 20, 30), at(2, 50, 60)] }],
    classes,
  );
  expect(found.matches).toMatchObject([
    { tIoU: 0.5, pairs: 1, precision: 1 / 3, recall: 1 / 2, f1: 0.4 },
    { tIoU: 0.7, pairs: 1 },
  ]);
  expect(found.boundaries).toMatchObject({ pairs: 1, start: { meanUs: 80_000 }, end: { meanUs: 0 } });
  // Frames: 8 of class 1 by both, 30 of none by both; 2, 10 and 10 differ.
  expect(found.sameFrames).toBe(38 / 60);
  expect(found.confusion).toEqual({
    classIds: [1, 2, 3],
    counts: [
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ],
  });
});

test('of a video handed out in parts only what both were asked for counts, as if it were a video of its own', () => {
  const at = (frame: number) => frame * frameUs;
  const one = (classId: number, from: number, to: number) => ({ classId, startUs: at(from), endUs: at(to) });
  // The one was asked for the first 40 frames, the other for what begins with frame 20.
  const parts = commonParts([{ startUs: 0, endUs: at(40) }], [{ startUs: at(20), endUs: at(60) }]);
  expect(parts).toEqual([{ startUs: at(20), endUs: at(40) }]);
  const a = [one(1, 2, 12), one(2, 22, 30), one(1, 32, 40)];
  const b = [one(2, 22, 30), one(1, 32, 40), one(3, 44, 58)];
  expect(agreementOf([{ frames, a, b, parts }], classes)).toMatchObject({
    segments: { a: 2, b: 2 },
    frames: 20,
    sameFrames: 1,
    kappa: 1,
  });
  expect(agreementOf([{ frames, a, b }], classes)).toMatchObject({ segments: { a: 3, b: 3 }, frames: frameCount });
  expect(commonParts([{ startUs: 0, endUs: 5 }], [{ startUs: 5, endUs: 9 }])).toEqual([]);
});
