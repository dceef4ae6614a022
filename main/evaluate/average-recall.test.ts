// Protects: recall of proposals, with a shared budget (AR@AN) and with a fixed number for every video.
import { describe, expect, it } from 'vitest';
import { averageRecallAt, recallCurve } from './average-recall.ts';
import type { LabelledSegment, PredictedSegment } from './labelled-segments.ts';

const truth = (startS: number, endS: number): LabelledSegment => ({ startS, endS, label: 'any' });
const proposal = (startS: number, endS: number, score: number): PredictedSegment => ({
  startS,
  endS,
  label: 'any',
  score,
});

const groundTruth = new Map([
  ['one', [truth(0, 10), truth(20, 30)]],
  ['two', [truth(0, 10)]],
  ['unannotated', []],
]);

describe('average recall', () => {
  it('is full where every segment is met exactly, and counts videos without proposals as missed', () => {
    const proposals = new Map([['one', [proposal(0, 10, 0.9), proposal(20, 30, 0.8)]]]);
    expect(averageRecallAt(groundTruth, proposals, 10)).toBeCloseTo(2 / 3, 12);
    expect(averageRecallAt(groundTruth, proposals, 1)).toBeCloseTo(1 / 3, 12);
  });

  it('is the share of thresholds that the overlap reaches', () => {
    // tIoU 0.72 reaches .5 .55 .6 .65 .7 of the ten thresholds.
    expect(averageRecallAt(new Map([['v', [truth(0, 100)]]]), new Map([['v', [proposal(0, 72, 1)]]]), 1)).toBe(0.5);
  });

  it('lets one proposal recall several segments', () => {
    const truths = new Map([['v', [truth(0, 10), truth(0, 10.1)]]]);
    expect(averageRecallAt(truths, new Map([['v', [proposal(0, 10, 1)]]]), 1)).toBe(1);
  });
});

describe('the recall curve', () => {
  it('shares one budget among all videos', () => {
    // Four proposals for two annotated videos; the budget of an average of one keeps half of each video's.
    const proposals = new Map([
      ['one', [proposal(0, 10, 0.9), proposal(20, 30, 0.8)]],
      ['two', [proposal(0, 10, 0.2), proposal(50, 60, 0.7)]],
    ]);
    const { averageProposals, averageRecall, areaUnderCurve } = recallCurve(groundTruth, proposals, 1);
    expect(averageProposals.at(-1)).toBeCloseTo(1, 12);
    // Kept: the best of each video. Only at the full budget may each use its one.
    expect(averageRecall.slice(0, -1).every((recall) => recall === 0)).toBe(true);
    expect(averageRecall.at(-1)).toBeCloseTo(1 / 3, 12);
    expect(areaUnderCurve).toBeCloseTo((0.01 * (1 / 3)) / 2, 12);
  });

  it('rises with the number of proposals', () => {
    const proposals = new Map([
      ['one', Array.from({ length: 60 }, (_, index) => proposal(index / 2, index / 2 + 10, 1 - index / 100))],
      ['two', Array.from({ length: 21 }, (_, index) => proposal(10 - index / 2, 20 - index / 2, 1 - index / 100))],
    ]);
    const { averageRecall, areaUnderCurve } = recallCurve(groundTruth, proposals);
    expect(averageRecall.length).toBe(100);
    for (let index = 1; index < 100; index += 1)
      expect(averageRecall[index]).toBeGreaterThanOrEqual(averageRecall[index - 1]!);
    expect(averageRecall.at(-1)).toBe(1);
    expect(areaUnderCurve).toBeGreaterThan(0.3);
    expect(areaUnderCurve).toBeLessThan(1);
  });

  it('is zero without proposals', () => {
    expect(recallCurve(groundTruth, new Map())).toMatchObject({ areaUnderCurve: 0 });
  });
});
