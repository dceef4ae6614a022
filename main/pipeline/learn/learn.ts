import { chooseWeights, foldEvidence, usualWeights, type EvidenceFold, type MixtureWeights } from './choose-weights.ts';
import { addDiscriminants, fitDiscriminant, type PointSums } from './discriminant.ts';
import type { DescribedSpans, ProjectEvidence } from './evidence.ts';
import { inheritedPrior } from './inherited.ts';
import { mixtureProbabilities, type Mixture } from './mixture.ts';
import { joinRows, rowAt } from './rows.ts';
import { learnScore, untaughtScore, type ScoredExample, type SegmentScore } from './segment-score.ts';

/** A proposal stands for so many classes when scores are learned, as when videos are localised. */
const classesPerProposal = 4;
/** Without any correction, classes inherit from so many unlabelled spans or not at all. */
const leastUnlabelled = 150;
/** Reviewed videos that a score is learned from: more than enough for its seven weights. */
const mostReviewed = 20;
/** In logits. */
const mostRarity = 1;
/** The tIoU from which a proposal begins to be an occurrence, and from which it is one: what mAP@0.3:0.7 counts. */
const occurrence = { from: 0.3, fully: 0.7 } as const;

/** What a project's videos and corrections teach, for all of its videos. */
export interface Lesson {
  readonly mixture: Mixture | null;
  readonly weights: MixtureWeights;
  readonly score: SegmentScore;
}

const untaught: Lesson = { mixture: null, weights: usualWeights, score: untaughtScore };

/**
 * Learns in closed form, in milliseconds, from what is known of a project's videos: class means and covariance that
 * start at the zero-shot answer, the weights of names and discriminant by leave-one-video-out, and the score of
 * segments, cross-fitted. Equal evidence gives equal lessons.
 */
export function learn({ classIds, backgroundCount, videos }: ProjectEvidence): Lesson {
  const classCount = classIds.length;
  const unlabelled = joined(videos.map((video) => video.unlabelled));
  if (unlabelled === null || classCount === 0) return untaught;
  const width = unlabelled.codes.width;
  const prior = inheritedPrior(unlabelled, classCount);
  const taught = videos.filter(({ shots, reviewed }) => shots.length > 0 || reviewed !== null);
  if (taught.length === 0 && unlabelled.codes.count < leastUnlabelled) return untaught;
  const { all, folds } = foldEvidence(taught, classIds, width);
  const isCorrected = classIds.map((_, group) => all.counts[group]! > 0);
  const rarity = rarityOf(isCorrected);
  const weights = chooseWeights({ classIds }, prior, folds, rarity, !isCorrected.includes(false));
  const lengthsS = classIds.map((classId) =>
    taught.flatMap(({ shots }) =>
      shots.flatMap((shot) => (shot.classIds.includes(classId) ? [(shot.endUs - shot.startUs) / 1e6] : [])),
    ),
  );
  const mixtureOf = (points: PointSums): Mixture => ({
    discriminant: addDiscriminants(
      weights.discriminants.map(({ shrinkage, weight }) => ({
        discriminant: fitDiscriminant(prior, points, shrinkage),
        weight,
      })),
    ),
    text: weights.text,
    rarity,
  });
  const examples = folds.flatMap((fold) =>
    examplesOf(fold, mixtureOf(fold.points), classCount, backgroundCount, Math.ceil(mostReviewed / folds.length)),
  );
  return { mixture: mixtureOf(all), weights, score: learnScore(lengthsS, examples) };
}

const rightnessOf = (overlap: number): number =>
  Math.min(Math.max((overlap - occurrence.from) / (occurrence.fully - occurrence.from), 0), 1);

/**
 * How much rarer a class without any shot is taken to be. Where half of the names or more have shots, nobody can tell
 * whether the others are absent or only not corrected yet: they lose nothing. Where most of a long list was never
 * corrected, most of it does not occur: names with shots are taken to make up as much as half of the list would, and at
 * most e times their share. Corrections alone cannot tell: held-back ones always have names with shots, and so would
 * make the others as rare as can be.
 */
function rarityOf(isCorrected: readonly boolean[]): Float64Array {
  const corrected = isCorrected.filter(Boolean).length;
  const odds = corrected === 0 ? 0 : Math.log(isCorrected.length / (2 * corrected));
  return Float64Array.from(isCorrected, (known) => (known ? 0 : Math.min(Math.max(odds, 0), mostRarity)));
}

/**
 * Proposals of held-back reviewed videos as their likeliest classes. What the other videos have no shot of is left out, and
 * so is what shows it: its probability would be lower than it will be.
 */
function examplesOf(
  { heldOut, points }: EvidenceFold,
  mixture: Mixture,
  classCount: number,
  backgroundCount: number,
  mostVideos: number,
): ScoredExample[] {
  const probabilities = new Float64Array(classCount + backgroundCount);
  const examples: ScoredExample[] = [];
  const isKnown = (classIndex: number): boolean => points.counts[classIndex]! > 0;
  const known = heldOut.flatMap(({ videoId, reviewed }) => (reviewed === null ? [] : [{ videoId, reviewed }]));
  for (const { videoId, reviewed } of known.slice(-mostVideos)) {
    for (let row = 0; row < reviewed.codes.count; row += 1) {
      const overlaps = rowAt(reviewed.overlaps, row);
      if (overlaps.some((overlap, classIndex) => overlap > occurrence.from && !isKnown(classIndex))) continue;
      mixtureProbabilities(mixture, rowAt(reviewed.texts, row), rowAt(reviewed.codes, row), probabilities);
      const classes = probabilities.slice(0, classCount);
      const background = probabilities.subarray(classCount).reduce((a, b) => a + b, 0);
      const likeliest = [...classes.keys()]
        .sort((a, b) => classes[b]! - classes[a]! || a - b)
        .slice(0, classesPerProposal)
        .filter(isKnown);
      for (const classIndex of likeliest) {
        examples.push({
          videoId,
          classIndex,
          quality: reviewed.qualities[row]!,
          lengthS: reviewed.lengthsS[row]!,
          probability: classes[classIndex]!,
          background,
          rightness: rightnessOf(overlaps[classIndex]!),
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
