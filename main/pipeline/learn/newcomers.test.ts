// Protects: names without a shot beside names with shots. What is typical of a name makes them comparable, and the say of
// what was learned of others is taken only where held-back classes show that it helps.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { foldEvidence, usualWeights } from './choose-weights.ts';
import { discriminantsOf } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';
import { judgeNewcomers } from './judge-newcomers.ts';
import { mix } from './mix.ts';
import { mixtureProbabilities } from './mixture.ts';
import { rowAt, rowsOf } from './rows.ts';
import { typicalFit, typicalOfShots } from './typical-fit.ts';

const classIds = [3, 5, 8, 9];
const width = 4;
const columns = classIds.length + 1;

/** Films with a shot of each of the classes: names that are right, and codes in which class `k` lies along axis `axisOf(k)`. */
function films(corrected: readonly number[], axisOf: (at: number) => number, seed: number): VideoEvidence[] {
  const { normal } = seededRandom(seed);
  return Array.from({ length: 6 }, (_, film): VideoEvidence => {
    const videoId = film + 1;
    const spans = (classes: readonly number[]) => ({
      texts: rowsOf(classes.length, columns, (row, out) => {
        for (let at = 0; at < columns; at += 1) out[at] = (at === classes[row] ? 4 : 0) + normal();
      }),
      codes: rowsOf(classes.length, width, (row, out) => {
        for (let at = 0; at < width; at += 1) out[at] = (at === axisOf(classes[row]!) ? 3 : 0) + normal() / 3;
      }),
    });
    return {
      videoId,
      unlabelled: spans([0, 1, 2, 3]),
      shots: corrected.map((at) => ({
        videoId,
        startUs: at * 1e6,
        endUs: (at + 1) * 1e6,
        classIds: [classIds[at]!],
      })),
      shotSpans: spans(corrected),
      reviewed: null,
    };
  });
}

/** Believes that class `k` lies along axis `k`. */
const fit = discriminantsOf({
  means: rowsOf(columns, width, (row, out) => {
    if (row < width) out[row] = 3;
  }),
  covariance: rowsOf(width, width, (row, out) => {
    out[row] = 1;
  }).values,
  meanWeight: 2,
  covarianceWeight: 30,
});

const verdict = (videos: readonly VideoEvidence[]) =>
  judgeNewcomers(
    { fit, weights: usualWeights, typical: new Float64Array(columns) },
    videos,
    classIds,
    foldEvidence(videos, classIds, width).all,
  );

describe('names without shots', () => {
  it('are lifted where what is guessed of a held-back class is right, and told by name where it misleads', () => {
    expect(verdict(films([0, 1, 2], (at) => at, 1))).toBe('lifted');
    expect(verdict(films([0, 1, 2], (at) => (at + 1) % width, 2))).toBe('by name');
    // One class cannot be held back.
    expect(verdict(films([0], (at) => (at + 1) % width, 3))).toBe('lifted');
  });

  it('keep the order of their names where these alone tell them', () => {
    const videos = films([0, 1], (at) => at, 4);
    const { all } = foldEvidence(videos, classIds, width);
    const typical = new Float64Array(columns);
    const mixture = mix({ fit, weights: usualWeights, typical, newcomers: 'by name', byName: new Set() }, all);
    const { texts, codes } = videos[0]!.unlabelled;
    for (let row = 0; row < texts.count; row += 1) {
      const names = rowAt(texts, row);
      const found = mixtureProbabilities(mixture, names, rowAt(codes, row), new Float64Array(columns));
      expect(Math.log(found[2]! / found[3]!)).toBeCloseTo(names[2]! - names[3]!, 9);
    }
  });
});

describe('what is typical of a name', () => {
  it('is how far it stands out where it fits, and of a name with shots how far it does there', () => {
    const sure = rowsOf(120, columns, (row, out) => {
      out[row % 2] = row % 2 === 0 ? 20 : 40;
    });
    const typical = typicalFit({ texts: sure }, classIds.length);
    expect(typical[1]!).toBeGreaterThan(typical[0]! + 8);
    // Names that nothing points to, and background, are like the others on the mean.
    expect(typical[2]).toBeCloseTo(typical[4]!, 5);

    const never = films([2], (at) => at, 5);
    const known = typicalOfShots(typical, never, classIds);
    expect(known[2]!).toBeLessThan(typical[2]! / 2);
    expect([known[0], known[1], known[3]]).toEqual([typical[0], typical[1], typical[3]]);
  });
});
