import { learningConstants } from '../propose/localisation-constants.ts';
import { addSquare, type PointSums } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';
import { mixtureProbabilities } from './mixture.ts';
import { mix, type Ingredients, type NewcomerWeights } from './mix.ts';
import { rowAt } from './rows.ts';

/** At most so many of the classes are held back in turn. */
const { parts: mostParts } = learningConstants.newcomers;
const least = 1e-12;

/**
 * Whether names without shots gain by what the shots of others teach, by leave-one-class-out: each corrected class is
 * told by its own shots once as if it had none, lifted and by its name alone. They are lifted unless that makes corrected
 * classes less likely on the mean; with fewer than two of them nobody knows, and what the unlabelled spans say stays.
 *
 * @param all points of all videos.
 */
export function judgeNewcomers(
  ingredients: Omit<Ingredients, 'newcomers' | 'byName'>,
  videos: readonly VideoEvidence[],
  classIds: readonly number[],
  all: PointSums,
): NewcomerWeights {
  const corrected = [...classIds.keys()].filter((group) => all.counts[group]! > 0);
  if (corrected.length < 2) return 'lifted';
  const parts = Math.min(mostParts, corrected.length);
  let gain = 0;
  for (let part = 0; part < parts; part += 1) {
    const held = corrected.filter((_group, index) => index % parts === part);
    const points = withoutGroups(all, held);
    const [lifted, byName] = (['lifted', 'by name'] as const).map((newcomers) =>
      lossOf(mix({ ...ingredients, newcomers, byName: new Set() }, points), videos, classIds, held),
    );
    for (const group of held) gain += byName!.get(group)! - lifted!.get(group)!;
  }
  return gain >= 0 ? 'lifted' : 'by name';
}

/** The points of other groups; what these add to the covariance within groups, which is shared, stays. */
function withoutGroups({ counts, sums, squares }: PointSums, groups: readonly number[]): PointSums {
  const rest = { counts: counts.slice(), sums: sums.slice(), squares: squares.slice() };
  const width = sums.length / counts.length;
  for (const group of groups) {
    const sum = rest.sums.subarray(group * width, (group + 1) * width);
    addSquare(rest.squares, sum, -1 / counts[group]!);
    sum.fill(0);
    rest.counts[group] = 0;
  }
  return rest;
}

/** Mean −log P over the shots of each of `held`; 0 of a class that is only ever marked beside others of them. */
function lossOf(
  mixture: ReturnType<typeof mix>,
  videos: readonly VideoEvidence[],
  classIds: readonly number[],
  held: readonly number[],
): Map<number, number> {
  const sums = new Map(held.map((group) => [group, { loss: 0, count: 0 }]));
  const probabilities = new Float64Array(mixture.text.length);
  for (const { shots, shotSpans } of videos) {
    for (const [row, { classIds: marked }] of shots.entries()) {
      const own = marked.length === 1 ? sums.get(classIds.indexOf(marked[0]!)) : undefined;
      if (own === undefined) continue;
      mixtureProbabilities(mixture, rowAt(shotSpans.texts, row), rowAt(shotSpans.codes, row), probabilities);
      own.loss -= Math.log(Math.max(probabilities[classIds.indexOf(marked[0]!)]!, least));
      own.count += 1;
    }
  }
  return new Map([...sums].map(([group, { loss, count }]) => [group, count === 0 ? 0 : loss / count]));
}
