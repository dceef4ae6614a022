import { learningConstants } from '../propose/localisation-constants.ts';
import type { MixtureWeights } from './mixture-weights.ts';
import { addDiscriminants, withoutClasses, type FitDiscriminant, type PointSums } from './discriminant.ts';
import type { Mixture } from './mixture.ts';

/** What names without shots are weighed by. */
export type NewcomerWeights = 'lifted' | 'by name';

const { liftedText, mostRarity } = learningConstants.newcomers;
/**
 * Weight of the text of a name without shots. Most of what is known of it is its name, and held-back corrections cannot
 * show what it would lose; what the discriminant guesses of it, beside what it knows of others, lifts it.
 */
const newcomerText = { lifted: liftedText, 'by name': 1 } as const satisfies Record<NewcomerWeights, number>;

/** All that a mixture is made of besides points. */
export interface Ingredients {
  readonly fit: FitDiscriminant;
  readonly weights: MixtureWeights;
  /** `[K + M]` of `typicalOfShots`. */
  readonly typical: Float64Array;
  readonly newcomers: NewcomerWeights;
  /** Classes with shots that are told by their names all the same. */
  readonly byName: ReadonlySet<number>;
}

/** What names and points say together; classes without points are newcomers. */
export function mix({ fit, weights, typical, newcomers, byName }: Ingredients, points: PointSums): Mixture {
  const classCount = points.counts.length - 1;
  const isKnown = (at: number): boolean => at >= classCount || points.counts[at]! > 0;
  const discriminant = addDiscriminants(
    weights.discriminants.map(({ shrinkage, weight }) => ({ discriminant: fit(points, shrinkage), weight })),
  );
  const text = Float64Array.from(typical, (_, at) =>
    isKnown(at) ? (byName.has(at) ? newcomerText['by name'] : weights.text) : newcomerText[newcomers],
  );
  const isLeftOut = (at: number): boolean => (isKnown(at) ? byName.has(at) : newcomers === 'by name');
  const rarity = rarityOf(points.counts.subarray(0, classCount));
  return {
    discriminant: withoutClasses(discriminant, isLeftOut),
    text,
    offsets: text.map((weight, at) => weight * typical[at]! + (isKnown(at) ? 0 : rarity)),
  };
}

/**
 * How much rarer a class without any shot is taken to be. Where half of the names or more have shots, nobody can tell
 * whether the others are absent or only not corrected yet: they lose nothing. Where most of a long list was never
 * corrected, most of it does not occur: names with shots are taken to make up as much as half of the list would, within
 * bounds. Corrections alone cannot tell: held-back ones always have names with shots, and so would make the others as
 * rare as can be.
 */
function rarityOf(counts: Float64Array): number {
  const corrected = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const odds = corrected === 0 ? 0 : Math.log(counts.length / (2 * corrected));
  return Math.min(Math.max(odds, 0), mostRarity);
}
