import type { EvidenceFold } from './choose-weights.ts';
import type { VideoEvidence } from './evidence.ts';
import { mix, type Ingredients } from './mix.ts';
import { mixtureProbabilities, type Mixture } from './mixture.ts';
import { rowAt } from './rows.ts';
import { softmax } from './softmax.ts';

const least = 1e-9;

/**
 * Classes with shots that corrections make surely worse than their bare names, by leave-one-video-out: their own held-back
 * shots are less likely by more than the standard error of the difference between videos, and all held-back shots together
 * are likelier once the class is told by its name again. A class whose labels contradict each other is such a one.
 *
 * @param typicalOf of `typicalOfShots`, `[K + M]`, by all videos but those that are held back.
 */
export function judgeClasses(
  ingredients: Omit<Ingredients, 'typical' | 'byName'>,
  folds: readonly EvidenceFold[],
  classIds: readonly number[],
  typicalOf: (heldOut: readonly VideoEvidence[]) => Float64Array,
): ReadonlySet<number> {
  const typicals = folds.map(({ heldOut }) => typicalOf(heldOut));
  const lossesWith = (byName: ReadonlySet<number>): HeldBackLoss[] =>
    folds.flatMap((fold, at) =>
      lossesOf(fold, mix({ ...ingredients, typical: typicals[at]!, byName }, fold.points), classIds),
    );
  let chosen: ReadonlySet<number> = new Set();
  let losses = lossesWith(chosen);
  const harms = new Map([...Map.groupBy(losses, ({ group }) => group)].map(([group, own]) => [group, sureHarm(own)]));
  const suspects = [...harms].filter(([, harm]) => harm > 0).toSorted(([, a], [, b]) => b - a);
  for (const [group] of suspects) {
    const tried = new Set([...chosen, group]);
    const next = lossesWith(tried);
    if (total(next) >= total(losses)) continue;
    [chosen, losses] = [tried, next];
  }
  return chosen;
}

/** A held-back shot of one class: −log P by what is learned, and by the names alone. */
interface HeldBackLoss {
  readonly videoId: number;
  readonly group: number;
  readonly learned: number;
  readonly byNames: number;
}

const total = (losses: readonly HeldBackLoss[]): number => losses.reduce((sum, { learned }) => sum + learned, 0);

/** How much likelier names alone make shots of a class, mean over its videos less the standard error; none in one video. */
function sureHarm(losses: readonly HeldBackLoss[]): number {
  const harms = [...Map.groupBy(losses, ({ videoId }) => videoId).values()].map(
    (own) => own.reduce((sum, { learned, byNames }) => sum + learned - byNames, 0) / own.length,
  );
  if (harms.length < 2) return 0;
  const mean = harms.reduce((a, b) => a + b, 0) / harms.length;
  const variance = harms.reduce((sum, harm) => sum + (harm - mean) ** 2, 0) / (harms.length - 1);
  return mean - Math.sqrt(variance / harms.length);
}

/** Shots of several classes are left out, and those of a class that the other videos have no shot of. */
function lossesOf({ heldOut, points }: EvidenceFold, mixture: Mixture, classIds: readonly number[]): HeldBackLoss[] {
  const probabilities = new Float64Array(mixture.text.length);
  return heldOut.flatMap(({ videoId, shots, shotSpans }) =>
    shots.flatMap(({ classIds: marked }, row) => {
      const group = classIds.indexOf(marked[0] ?? Number.NaN);
      if (marked.length !== 1 || points.counts[group] === 0) return [];
      const texts = rowAt(shotSpans.texts, row);
      const lossBy = (shares: Float64Array): number => -Math.log(Math.max(shares[group]!, least));
      const learned = lossBy(mixtureProbabilities(mixture, texts, rowAt(shotSpans.codes, row), probabilities));
      return [{ videoId, group, learned, byNames: lossBy(softmax(texts.slice())) }];
    }),
  );
}
