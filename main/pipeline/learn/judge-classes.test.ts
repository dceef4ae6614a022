// Protects: no class with shots is told worse than by its bare name, as far as held-back videos can show it, and nothing
// changes for the others.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { foldEvidence, usualWeights } from './choose-weights.ts';
import { discriminantsOf } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';
import { judgeClasses } from './judge-classes.ts';
import { mix } from './mix.ts';
import { mixtureProbabilities } from './mixture.ts';
import { rowAt, rowsOf } from './rows.ts';

const classIds = [3, 5, 8, 9];
const width = 4;
const columns = classIds.length + 1;

/** Names that are sure of every shot, and codes: those of the class `fickle` look like another class in each video. */
function films(fickle: number | null): VideoEvidence[] {
  const { normal } = seededRandom(7);
  return Array.from({ length: 9 }, (_, film): VideoEvidence => {
    const axisOf = (at: number): number => (at === fickle ? (at + 1 + (film % 3)) % width : at);
    const spans = (classes: readonly number[]) => ({
      texts: rowsOf(classes.length, columns, (row, out) => {
        for (let at = 0; at < columns; at += 1) out[at] = (at === classes[row] ? 6 : 0) + normal() / 2;
      }),
      codes: rowsOf(classes.length, width, (row, out) => {
        for (let at = 0; at < width; at += 1) out[at] = (at === axisOf(classes[row]!) ? 6 : 0) + normal() / 3;
      }),
    });
    const videoId = film + 1;
    return {
      videoId,
      unlabelled: spans([0, 1, 2, 3]),
      shots: classIds.map((classId, at) => ({
        videoId,
        startUs: at * 1e6,
        endUs: (at + 1) * 1e6,
        classIds: [classId],
      })),
      shotSpans: spans([0, 1, 2, 3]),
      reviewed: null,
    };
  });
}

const fit = discriminantsOf({
  means: rowsOf(columns, width, () => undefined),
  covariance: rowsOf(width, width, (row, out) => {
    out[row] = 1;
  }).values,
  meanWeight: 2,
  covarianceWeight: 30,
});
const weights = { ...usualWeights, discriminants: [{ shrinkage: 0.3, weight: 0.4 }] };
const typical = new Float64Array(columns);

const verdict = (videos: readonly VideoEvidence[]): number[] => {
  const { folds } = foldEvidence(videos, classIds, width);
  return [...judgeClasses({ fit, weights, newcomers: 'lifted' }, folds, classIds, () => typical)];
};

describe('a class that corrections make worse', () => {
  it('is told by its name again, and no other is', () => {
    expect(verdict(films(2))).toEqual([2]);
    expect(verdict(films(0))).toEqual([0]);
    expect(verdict(films(null))).toEqual([]);
  });

  it('is not judged by one video', () => {
    expect(verdict(films(2).slice(0, 1))).toEqual([]);
  });

  it('gets back what it lost', () => {
    const videos = films(2);
    const { all } = foldEvidence(videos, classIds, width);
    const likely = (byName: ReadonlySet<number>): number => {
      const mixture = mix({ fit, weights, typical, newcomers: 'lifted', byName }, all);
      const out = new Float64Array(columns);
      const sum = videos.reduce(
        (total, { shotSpans: { texts, codes } }) =>
          total + mixtureProbabilities(mixture, rowAt(texts, 2), rowAt(codes, 2), out)[2]!,
        0,
      );
      return sum / videos.length;
    };
    expect(likely(new Set([2]))).toBeGreaterThan(likely(new Set()));
  });
});
