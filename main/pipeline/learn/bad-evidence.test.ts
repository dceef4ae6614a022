// Protects: whatever a person corrects, probabilities and scores stay numbers, and nothing is learned from nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import type { Shot } from '../tune/training-shots.ts';
import type { VideoEvidence } from './evidence.ts';
import { fitLogistic } from './logistic-regression.ts';
import { learn } from './learn.ts';
import { mixtureProbabilities } from './mixture.ts';
import { rowAt, rowsOf, type Rows } from './rows.ts';
import { scoreSegment } from './segment-score.ts';

const classIds = [4, 7, 9];
const backgroundCount = 2;
const width = 6;

const randomRows = (count: number, columns: number, seed: number): Rows => {
  const { normal } = seededRandom(seed);
  return rowsOf(count, columns, (_, out) => {
    for (let at = 0; at < columns; at += 1) out[at] = normal();
  });
};

function video(videoId: number, shots: readonly Shot[], reviewed: boolean): VideoEvidence {
  const spans = (count: number, salt: number) => ({
    texts: randomRows(count, classIds.length + backgroundCount, 10 * videoId + salt),
    codes: randomRows(count, width, 10 * videoId + salt + 5),
  });
  return {
    videoId,
    unlabelled: spans(30, 1),
    shots,
    shotSpans: spans(shots.length, 2),
    reviewed: reviewed
      ? {
          ...spans(20, 3),
          qualities: Float64Array.from({ length: 20 }, (_, index) => (index + 0.5) / 20),
          lengthsS: Float64Array.from({ length: 20 }, (_, index) => 1 + index),
          overlaps: rowsOf(20, classIds.length, (row, out) => {
            for (const { classIds: marked } of shots)
              for (const id of marked) out[classIds.indexOf(id)] = (row % 10) / 10;
          }),
        }
      : null,
  };
}

const shot = (videoId: number, marked: readonly number[], startUs = 0): Shot => ({
  videoId,
  startUs,
  endUs: startUs + 2_000_000,
  classIds: marked,
});

/** Every probability and score of a lesson is a number in its range. */
function expectSound(videos: readonly VideoEvidence[]): void {
  const lesson = learn({ classIds, backgroundCount, videos });
  expect(lesson.mixture).not.toBeNull();
  const { texts, codes } = video(99, [], false).unlabelled;
  const out = new Float64Array(classIds.length + backgroundCount);
  for (let row = 0; row < texts.count; row += 1) {
    mixtureProbabilities(lesson.mixture!, rowAt(texts, row), rowAt(codes, row), out);
    expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    for (const [classIndex, probability] of out.subarray(0, classIds.length).entries()) {
      expect(probability).toBeGreaterThanOrEqual(0);
      const score = scoreSegment(lesson.score, classIndex, { quality: 0.5, probability, background: 0.1, lengthS: 3 });
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  }
}

describe('evidence of all kinds', () => {
  it.each<[string, readonly VideoEvidence[]]>([
    ['one class only', [video(1, [shot(1, [4])], true), video(2, [shot(2, [4])], true)]],
    ['rejections only', [video(1, [shot(1, [])], false), video(2, [shot(2, [])], false)]],
    ['the same clip twice', [video(1, [shot(1, [4]), shot(1, [4])], false), video(1, [shot(1, [4])], false)]],
    ['contradictory labels', [video(1, [shot(1, [4, 7, 9])], true), video(2, [shot(2, [7]), shot(2, [9])], true)]],
    ['a single video', [video(1, [shot(1, [4]), shot(1, [7], 3_000_000)], true)]],
    [
      '2,000 corrections in two videos',
      [1, 2].map((id) =>
        video(
          id,
          Array.from({ length: 1000 }, (_, at) => shot(id, [classIds[at % 3]!], 3_000_000 * at)),
          false,
        ),
      ),
    ],
    ['a reviewed video in which nothing happens', [video(1, [], true), video(2, [shot(2, [4])], true)]],
  ])('is learned from without a hitch: %s', (_, videos) => {
    expectSound(videos);
  });

  it('is learned from in any mixture', () => {
    const marks = fc.array(fc.subarray(classIds), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.record({ marks, reviewed: fc.boolean() }), { minLength: 1, maxLength: 7 }), (kinds) => {
        const videos = kinds.map((kind, at) =>
          video(
            at + 1,
            kind.marks.map((marked, index) => shot(at + 1, marked, 3_000_000 * index)),
            kind.reviewed,
          ),
        );
        fc.pre(videos.some(({ shots, reviewed }) => shots.length > 0 || reviewed !== null));
        expectSound(videos);
      }),
      { numRuns: 40 },
    );
  });

  it('teaches nothing where a few videos are unlabelled, or where there are none', () => {
    expect(learn({ classIds, backgroundCount, videos: [video(1, [], false)] }).mixture).toBeNull();
    expect(learn({ classIds, backgroundCount, videos: [] }).mixture).toBeNull();
    expect(learn({ classIds: [], backgroundCount, videos: [video(1, [], false)] }).mixture).toBeNull();
  });

  it('says the same again', () => {
    const videos = [video(1, [shot(1, [4])], true), video(2, [shot(2, [7])], true), video(3, [shot(3, [])], false)];
    expect(learn({ classIds, backgroundCount, videos })).toEqual(learn({ classIds, backgroundCount, videos }));
  });
});

describe('the regression behind the score', () => {
  it('stays finite where rows are separable', () => {
    const xs = [-2, -1, 1, 2];
    const rows = rowsOf(xs.length, 2, (row, out) => out.set([1, 1000 * xs[row]!]));
    const examples = { rows, outcomes: [0, 0, 1, 1], worth: [1, 1, 1, 1], chosen: [0, 1, 2, 3] };
    for (const weight of fitLogistic(examples, { means: [0, 1], precisions: [1e-3, 1e-3] }))
      expect(weight).toBeLessThan(1e4);
  });

  it('keeps its prior without rows', () => {
    const none = { rows: rowsOf(0, 2, () => undefined), outcomes: [], worth: [], chosen: [] };
    expect([...fitLogistic(none, { means: [0.5, -1], precisions: [5, 5] })]).toEqual([0.5, -1]);
  });

  it('finds where nothing leads further down, by the chosen rows and free weights alone, wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: 4,
          maxLength: 40,
        }),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (drawn, start) => {
          const rows = rowsOf(drawn.length, 3, (row, out) => out.set([1, drawn[row]![0], Math.abs(drawn[row]![0])]));
          const outcomes = drawn.map(([, outcome]) => outcome);
          const worth = drawn.map((_, row) => 1 + (row % 3));
          const chosen = [...drawn.keys()].filter((row) => row % 4 !== 3);
          const prior = { means: [0.5, 0, -1], precisions: [2, 2, Infinity] };
          const found = fitLogistic({ rows, outcomes, worth, chosen }, prior, start);
          expect(found[2]).toBe(-1);
          const slope = [0, 1].map((f) =>
            chosen.reduce(
              (sum, row) => {
                const [one, x, size] = rows.values.subarray(3 * row, 3 * row + 3) as unknown as [
                  number,
                  number,
                  number,
                ];
                const p = 1 / (1 + Math.exp(-(found[0]! * one + found[1]! * x + found[2]! * size)));
                return sum + worth[row]! * (p - outcomes[row]!) * [one, x][f]!;
              },
              2 * (found[f]! - prior.means[f]!),
            ),
          );
          for (const down of slope) expect(Math.abs(down)).toBeLessThan(0.02);
        },
      ),
      { numRuns: 100 },
    );
  });
});
