import { chooseWeights, evidenceFolds, usualWeights, type EvidenceFold } from './choose-weights.ts';
import { addSums, fitDiscriminant, noPoints } from './discriminant.ts';
import type { DescribedSpans, ProjectEvidence } from './evidence.ts';
import { inheritedPrior } from './inherited.ts';
import { labelledPoints } from './labelled-points.ts';
import { mixtureProbabilities, type Mixture, type MixtureWeights } from './mixture.ts';
import { joinRows, rowAt } from './rows.ts';
import { learnScore, type ScoredExample, type SegmentScore } from './segment-score.ts';

/** A proposal stands for so many classes when scores are learned, as when videos are localised. */
const classesPerProposal = 4;
const isOccurrence = 0.5;

/** What a project's videos and corrections teach, for all of its videos. */
export interface Lesson {
  readonly mixture: Mixture | null;
  readonly weights: MixtureWeights;
  readonly score: SegmentScore;
}

/**
 * Learns in closed form, in milliseconds, from what is known of a project's videos: class means and covariance that
 * start at the zero-shot answer, the weights of names and discriminant by leave-one-video-out, and the score of
 * segments, cross-fitted. Equal evidence gives equal lessons.
 */
export function learn({ classIds, backgroundCount, videos }: ProjectEvidence): Lesson {
  const classCount = classIds.length;
  const unlabelled = joined(videos.map((video) => video.unlabelled));
  if (unlabelled === null || classCount === 0)
    return { mixture: null, weights: usualWeights, score: learnScore([], []) };
  const width = unlabelled.codes.width;
  const prior = inheritedPrior(unlabelled, classCount);
  const taught = videos.filter(({ shots, reviewed }) => shots.length > 0 || reviewed !== null);
  const pointsOf = new Map(taught.map((video) => [video, labelledPoints(video, classIds, width)]));
  const all = noPoints(classCount + 1, width);
  for (const points of pointsOf.values()) addSums(all, points, 1);
  const folds = evidenceFolds(taught, pointsOf, all);
  const weights = chooseWeights({ classIds }, prior, folds);
  const rarity = new Float64Array(classCount);
  const lengthsS = classIds.map((classId) =>
    taught.flatMap(({ shots }) =>
      shots.flatMap((shot) => (shot.classIds.includes(classId) ? [(shot.endUs - shot.startUs) / 1e6] : [])),
    ),
  );
  const mixtureOf = (points: typeof all): Mixture => ({
    discriminant: fitDiscriminant(prior, points, weights.shrinkage),
    weights,
    rarity,
  });
  const examples = folds.flatMap((fold) => examplesOf(fold, mixtureOf(fold.points), classCount, backgroundCount));
  return { mixture: mixtureOf(all), weights, score: learnScore(lengthsS, examples) };
}

/** Proposals of held-back reviewed videos as their likeliest classes. */
function examplesOf(
  { heldOut }: EvidenceFold,
  mixture: Mixture,
  classCount: number,
  backgroundCount: number,
): ScoredExample[] {
  const probabilities = new Float64Array(classCount + backgroundCount);
  const examples: ScoredExample[] = [];
  for (const { reviewed } of heldOut) {
    if (reviewed === null) continue;
    for (let row = 0; row < reviewed.codes.count; row += 1) {
      mixtureProbabilities(mixture, rowAt(reviewed.texts, row), rowAt(reviewed.codes, row), probabilities);
      const classes = probabilities.slice(0, classCount);
      const background = probabilities.subarray(classCount).reduce((a, b) => a + b, 0);
      const overlaps = rowAt(reviewed.overlaps, row);
      const likeliest = [...classes.keys()]
        .sort((a, b) => classes[b]! - classes[a]! || a - b)
        .slice(0, classesPerProposal);
      for (const classIndex of likeliest) {
        examples.push({
          classIndex,
          quality: reviewed.qualities[row]!,
          lengthS: reviewed.lengthsS[row]!,
          probability: classes[classIndex]!,
          background,
          isRight: overlaps[classIndex]! >= isOccurrence,
        });
      }
    }
  }
  return examples;
}

function joined(parts: readonly DescribedSpans[]): DescribedSpans | null {
  const filled = parts.filter(({ codes }) => codes.count > 0);
  const first = filled[0];
  if (first === undefined) return null;
  return {
    texts: joinRows(
      filled.map(({ texts }) => texts),
      first.texts.width,
    ),
    codes: joinRows(
      filled.map(({ codes }) => codes),
      first.codes.width,
    ),
  };
}
