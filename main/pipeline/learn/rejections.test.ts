// Protects: rejections. One of them is a corner of all that background can look like: it must neither decide how names and
// discriminant are weighed, nor be taken for the whole; many are believed.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { chooseWeights, foldEvidence } from './choose-weights.ts';
import { addPoint, discriminantSay, discriminantsOf, noPoints } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';
import { rowsOf } from './rows.ts';

const classIds = [2, 6];
const width = 3;
/** Two classes and two background texts. */
const columns = 4;
const fit = discriminantsOf({
  means: rowsOf(classIds.length + 1, width, (row, out) => {
    out[row] = 2;
  }),
  covariance: rowsOf(width, width, (row, out) => {
    out[row] = 1;
  }).values,
  meanWeight: 2,
  covarianceWeight: 30,
});

/** A film with a shot of each class, and rejected spans that look like the first one to the names. */
function film(videoId: number, rejected: number): VideoEvidence {
  const { normal } = seededRandom(videoId);
  const marks = [[2], [6], ...Array.from({ length: rejected }, () => [])];
  const groupOf = (row: number): number => Math.min(row, classIds.length);
  const spans = {
    texts: rowsOf(marks.length, columns, (row, out) => {
      for (let at = 0; at < columns; at += 1) out[at] = normal();
      out[groupOf(row) % classIds.length]! += 6;
    }),
    codes: rowsOf(marks.length, width, (row, out) => {
      for (let at = 0; at < width; at += 1) out[at] = normal() / 2 + (at === groupOf(row) ? 2 : 0);
    }),
  };
  return {
    videoId,
    unlabelled: spans,
    shots: marks.map((marked, at) => ({ videoId, startUs: at * 1e6, endUs: (at + 1) * 1e6, classIds: marked })),
    shotSpans: spans,
    reviewed: null,
  };
}

const weightsOf = (videos: readonly VideoEvidence[]) =>
  chooseWeights({ classIds }, fit, foldEvidence(videos, classIds, width).folds, () => new Float64Array(columns));

describe('a rejection', () => {
  it('alone decides nothing about how names and discriminant are weighed', () => {
    const without = weightsOf([film(1, 0), film(2, 0), film(3, 0)]);
    const withOne = weightsOf([film(1, 1), film(2, 0), film(3, 0)]);
    expect(withOne.text).toBeCloseTo(without.text, 1);
    // With rejections in every film there is something to learn from.
    expect(Math.abs(weightsOf([film(1, 3), film(2, 3), film(3, 3)]).text - without.text)).toBeGreaterThan(0.05);
  });

  it('is believed the more, the more there are of them', () => {
    const say = (rejections: number): number => {
      const points = noPoints(classIds.length + 1, width);
      addPoint(points, 0, Float64Array.of(2, 0, 0), 1);
      for (let nth = 0; nth < rejections; nth += 1) addPoint(points, 2, Float64Array.of(0, 0, 2), 1);
      const found = fit(points, 0.3);
      return discriminantSay(found, Float64Array.of(0, 0, 2), new Float64Array(columns))[2]!;
    };
    expect(say(0)).toBe(0);
    expect(say(1)).toBeGreaterThan(0);
    expect(say(1)).toBeLessThan(say(4) / 2);
    expect(say(40)).toBeGreaterThan(1.5 * say(4));
  });
});
