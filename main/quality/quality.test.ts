// Protects: numbers of quality, against cases worked out by hand and against what must hold of any; and that the clips
// behind a number are as many as it counts.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { scoreBins, type ClipQuestion, type Outcome } from '#preload/domain/quality.ts';
import { averagePrecisions } from './average-precisions.ts';
import { clipsBehind } from './clips-behind.ts';
import { foldsOf } from './folds.ts';
import type { Measurement, MeasuredVideo } from './measurement.ts';
import { heldAgainst, qualityOf } from './quality-of.ts';

const classIds = [11, 12];
const marked = (classId: number, startS: number, endS: number, segmentId = startS + 1) => ({
  classId,
  startUs: startS * 1e6,
  endUs: endS * 1e6,
  segmentId,
});
const proposed = (classId: number, startS: number, endS: number, score: number) => ({
  classId,
  startUs: startS * 1e6,
  endUs: endS * 1e6,
  score,
});

async function measurementOf(videos: readonly MeasuredVideo[]): Promise<Measurement> {
  const precision = await averagePrecisions(videos, classIds, new AbortController().signal);
  const about = { on: 'reviewed', measuredAt: 1, question: '', editId: 0, model: 'm', notes: [] } as const;
  return { ...about, classIds, videos, precision };
}

/**
 * Of class 11: one found exactly, one found at tIoU 0.6 by a lower score, one named 12, and a false one above both.
 * Of class 12: one missed.
 */
const byHand: MeasuredVideo[] = [
  {
    videoId: 1,
    occurrences: [marked(11, 0, 10), marked(11, 20, 30), marked(12, 50, 60)],
    proposals: [
      proposed(11, 0, 10, 0.95),
      proposed(11, 20, 26, 0.55),
      proposed(11, 80, 90, 0.75),
      proposed(12, 52, 53, 0.2),
    ],
  },
  { videoId: 2, occurrences: [marked(11, 0, 10, 101)], proposals: [proposed(12, 0, 8, 0.65)] },
];

describe('a measurement worked out by hand', () => {
  it('has the average precision of the benchmarks at each threshold', async () => {
    const { map, averagePrecision, average } = await read();
    // Of three marked: found at ranks 1 and 3 up to tIoU 0.6, at rank 1 alone at 0.7.
    const low = 1 / 3 + (1 / 3) * (2 / 3);
    expect(averagePrecision).toEqual([low, low, low, low, 1 / 3].map((value) => expect.closeTo(value, 12)));
    expect(average!.value).toBeCloseTo((4 * low + 1 / 3) / 5, 12);
    // The other class is marked and never found: it counts 0.
    expect(map).toEqual([low, low, low, low, 1 / 3].map((value) => expect.closeTo(value / 2, 12)));
  });

  it('counts found, misnamed, missed and false from the threshold on', async () => {
    const measurement = await measurementOf(byHand);
    const at = (threshold: number) => qualityOf(measurement, heldAgainst(measurement, threshold), threshold);
    expect(at(0.3).outcomes).toEqual({ found: 2, misnamed: 1, missed: 1, false: 1 });
    expect(at(0.3).confusion).toEqual([
      [2, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(at(0.7).outcomes).toEqual({ found: 1, misnamed: 0, missed: 3, false: 1 });
    expect(at(0).outcomes).toEqual({ found: 2, misnamed: 1, missed: 1, false: 2 });
    expect(at(0.3).classes.map((one) => one.outcomes)).toEqual([
      { found: 2, misnamed: 1, missed: 0, false: 1 },
      { found: 0, misnamed: 0, missed: 1, false: 0 },
    ]);
  });

  it('draws precision against recall by falling score', async () => {
    const { curve } = await read();
    expect(curve.map(({ score }) => score)).toEqual([0.95, 0.75, 0.55]);
    expect(curve.map(({ precision }) => precision)).toEqual([1, 1 / 2, expect.closeTo(2 / 3, 12)]);
    expect(curve.map(({ recall }) => recall)).toEqual([1 / 3, 1 / 3, 2 / 3].map((value) => expect.closeTo(value, 12)));
  });

  it('holds scores against the share that is right', async () => {
    const measurement = await measurementOf(byHand);
    const { calibration } = qualityOf(measurement, heldAgainst(measurement, 0.5), 0.5);
    const { bins } = calibration;
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 1, 0, 0, 1, 1, 1, 0, 1]);
    expect(bins.map(({ right }) => right)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(calibration.error).toBeCloseTo((0.2 + 0.45 + 0.65 + 0.75 + 0.05) / 5, 12);
    expect(calibration.shownError).toBeCloseTo((0.45 + 0.65 + 0.75 + 0.05) / 4, 12);
  });

  it('says of few videos that nothing is known of how far it moves, and of alike ones that it does not move', async () => {
    const [first, second] = byHand as [MeasuredVideo, MeasuredVideo];
    expect((await measurementOf([first])).precision.averageMap).toMatchObject({ low: null, high: null });
    const { classes } = (await measurementOf(byHand)).precision;
    // Class 12 is marked in one of them.
    expect(classes[1]!.average).toEqual({ value: 0, low: null, high: null });
    const alike = await measurementOf(Array.from({ length: 6 }, (_, index) => ({ ...second, videoId: index + 1 })));
    expect(alike.precision.averageMap).toEqual({ value: 0, low: 0, high: 0 });
  });

  async function read() {
    const measurement = await measurementOf(byHand);
    const quality = qualityOf(measurement, heldAgainst(measurement, 0.3), 0.3);
    return { ...quality.classes[0]!, map: quality.map };
  }
});

const anySpan = fc
  .record({
    classId: fc.constantFrom(...classIds),
    startS: fc.integer({ min: 0, max: 40 }),
    lengthS: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ classId, startS, lengthS }) => ({ classId, startUs: startS * 1e6, endUs: (startS + lengthS) * 1e6 }));
const anyVideos = fc
  .array(
    fc.record({
      occurrences: fc.array(anySpan, { maxLength: 5 }),
      proposals: fc.array(fc.record({ span: anySpan, score: fc.integer({ min: 0, max: 20 }) }), { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((videos) =>
    videos.map(({ occurrences, proposals }, index): MeasuredVideo => ({
      videoId: index + 1,
      occurrences: occurrences.map((one, at) => ({ ...one, segmentId: 100 * index + at + 1 })),
      proposals: proposals.map(({ span, score }) => ({ ...span, score: score / 20 })),
    })),
  );

test('whatever is measured: everything is counted once, and each number has as many clips as it says', async () => {
  await fc.assert(
    fc.asyncProperty(anyVideos, fc.integer({ min: 0, max: 20 }), async (videos, step) => {
      const threshold = step / 20;
      const measurement = await measurementOf(videos);
      const held = heldAgainst(measurement, threshold);
      const quality = qualityOf(measurement, held, threshold);
      const clips = (question: ClipQuestion): number => clipsBehind(held, question).length;
      const occurrences = videos.flatMap((video) => video.occurrences);
      const proposals = videos.flatMap((video) => video.proposals);
      const shown = proposals.filter(({ score }) => score >= threshold);
      const { found, misnamed, missed } = quality.outcomes;
      expect(found + misnamed + missed).toBe(occurrences.length);
      expect(found + misnamed + quality.outcomes.false).toBe(shown.length);
      for (const [row, counts] of quality.confusion.entries()) {
        const trueClassId = classIds[row] ?? null;
        for (const [column, count] of counts.entries())
          expect(clips({ by: 'cell', trueClassId, proposedClassId: classIds[column] ?? null })).toBe(count);
        const sum = counts.reduce((a, b) => a + b, 0);
        if (trueClassId !== null) expect(sum).toBe(occurrences.filter((one) => one.classId === trueClassId).length);
      }
      for (const [bin, { count }] of quality.calibration.bins.entries()) expect(clips({ by: 'bin', bin })).toBe(count);
      expect(quality.calibration.bins).toHaveLength(scoreBins);
      for (const outcome of ['found', 'misnamed', 'missed', 'false'] satisfies Outcome[]) {
        expect(clips({ by: 'outcome', outcome, classId: null })).toBe(quality.outcomes[outcome]);
        for (const one of quality.classes)
          expect(clips({ by: 'outcome', outcome, classId: one.classId })).toBe(one.outcomes[outcome]);
      }
      for (const { score, precision, recall } of quality.curve) {
        const behind = clipsBehind(held, { by: 'above', score, classId: null });
        const right = behind.filter((clip) => clip.outcome === 'found').length;
        expect(right / behind.length).toBeCloseTo(precision, 12);
        expect(right / occurrences.length).toBeCloseTo(recall, 12);
      }
      // What is found from a score on is found whatever is shown below it.
      const at = quality.curve.findLast(({ score }) => score >= threshold);
      expect(found).toBe(Math.round((at?.recall ?? 0) * occurrences.length));
    }),
    { numRuns: 100 },
  );
});

describe('parts of videos that are held back', () => {
  it('hold each video once, ten parts at most, views of a scene together', () => {
    const ids = Array.from({ length: 23 }, (_, index) => index + 1);
    const scene = [2, 9, 17].map((videoId) => ({ videoId, offsetUs: 0 }));
    const folds = foldsOf(ids, [scene]);
    expect(folds).toHaveLength(10);
    expect(folds.flat().toSorted((a, b) => a - b)).toEqual(ids);
    expect(folds.filter((fold) => [2, 9, 17].some((id) => fold.includes(id)))).toHaveLength(1);
    expect(foldsOf([5], [])).toEqual([[5]]);
  });
});
