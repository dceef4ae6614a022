import { learningConstants } from '../propose/localisation-constants.ts';
import { carriedShare } from './carried-share.ts';
import { chooseWeights, foldEvidence, usualWeights, type EvidenceFold } from './choose-weights.ts';
import { learnOrder, noOrder, type ClassOrder, type OrderedVideo } from './class-order.ts';
import { discriminantsOf, noPoints, scaledSums, type PointSums } from './discriminant.ts';
import type { ProjectEvidence, VideoEvidence } from './evidence.ts';
import { groundOf } from './ground.ts';
import { judgeClasses } from './judge-classes.ts';
import { judgeNewcomers } from './judge-newcomers.ts';
import { mix } from './mix.ts';
import type { MixtureWeights } from './mixture-weights.ts';
import { mixtureProbabilities, type Mixture } from './mixture.ts';
import { rowAt } from './rows.ts';
import type { Shot } from '../tune/training-shots.ts';
import { typicalOfShots } from './typical-fit.ts';
import { learnScore, untaughtScore, type ScoredExample, type SegmentScore } from './segment-score.ts';

const { classesPerProposal, mostVideos: mostReviewed, rightTIoU: occurrence } = learningConstants.examples;

/** What a project's videos and corrections teach, for all of its videos. */
export interface Lesson {
  readonly mixture: Mixture | null;
  readonly weights: MixtureWeights;
  readonly score: SegmentScore;
  /** `[K + 1]` the labelled points behind it, and `[K]` the lengths of accepted segments. */
  readonly points: PointSums;
  readonly lengthsS: readonly (readonly number[])[];
  /** Which classes come one after the other, and together. */
  readonly order: ClassOrder;
  /** Corrected stretches as they are told by what was learned from other videos. */
  readonly heldBack: readonly HeldBackShot[];
}

/** What is known of a corrected stretch without its video: what other scorers' say is weighed against. */
export interface HeldBackShot {
  readonly shot: Shot;
  /** `[K]`. */
  readonly probabilities: Float64Array;
}

const untaught: Lesson = {
  mixture: null,
  weights: usualWeights,
  score: untaughtScore,
  points: noPoints(1, 0),
  lengthsS: [],
  order: noOrder(0),
  heldBack: [],
};

/**
 * Learns in closed form, without training, from what is known of a project's videos: class means and covariance that
 * start at the zero-shot answer, the weights of names and discriminant by leave-one-video-out, and the score of
 * segments, cross-fitted. Equal evidence gives equal lessons.
 */
export function learn({
  classIds,
  backgroundCount,
  videos,
  carried = null,
  ground = groundOf(videos, classIds.length),
}: ProjectEvidence): Lesson {
  const classCount = classIds.length;
  if (ground === null) return untaught;
  const { prior, typical } = ground;
  const { width } = prior.means;
  const fit = discriminantsOf(prior);
  const taught = videos.filter(({ shots, reviewed }) => shots.length > 0 || reviewed !== null);
  if (taught.length === 0 && carried === null && !ground.isEnough) return untaught;
  const typicalOf = (heldOut: readonly VideoEvidence[]): Float64Array =>
    typicalOfShots(
      typical,
      taught.filter((video) => !heldOut.includes(video)),
      classIds,
    );
  const brought =
    carried === null
      ? undefined
      : scaledSums(carried.points, carriedShare({ classIds, fit, typicalOf }, taught, carried.points));
  const { all, folds } = foldEvidence(taught, classIds, width, brought);
  const weights =
    folds.length === 0 && carried !== null ? carried.weights : chooseWeights({ classIds }, fit, folds, typicalOf);
  const typicalOfAll = typicalOf([]);
  // Where each fold has shots of every class, nobody is a newcomer, and what is not used is not asked.
  const knowsEvery = ({ counts }: PointSums): boolean => counts.subarray(0, classCount).every((count) => count > 0);
  const newcomers = [all, ...folds.map(({ points }) => points)].every(knowsEvery)
    ? 'lifted'
    : judgeNewcomers({ fit, weights, typical: typicalOfAll }, taught, classIds, all);
  const byName = judgeClasses({ fit, weights, newcomers }, folds, classIds, typicalOf);
  const ingredients = { fit, weights, newcomers, byName };
  const lengthsS = classIds.map((classId, group) => [
    ...(carried?.lengthsS[group] ?? []),
    ...taught.flatMap(({ shots }) =>
      shots.flatMap((shot) => (shot.classIds.includes(classId) ? [(shot.endUs - shot.startUs) / 1e6] : [])),
    ),
  ]);
  const held = folds.map((fold) => ({
    fold,
    mixture: mix({ ...ingredients, typical: typicalOf(fold.heldOut) }, fold.points),
  }));
  const examples = held.flatMap(({ fold, mixture }) =>
    examplesOf(fold, mixture, classCount, backgroundCount, Math.ceil(mostReviewed / folds.length)),
  );
  const score = learnScore(lengthsS, examples, carried?.scoreWeights ?? undefined);
  const heldBack = held.flatMap(({ fold, mixture }) => heldBackShots(fold, mixture, classIds));
  return {
    mixture: mix({ ...ingredients, typical: typicalOfAll }, all),
    weights,
    score,
    points: all,
    lengthsS,
    order: learnOrder(orderedVideos(taught, heldBack, classIds), carried?.order ?? noOrder(classCount)),
    heldBack,
  };
}

/** Segments of reviewed videos in time; of those of which nothing was held back, nothing is thought. */
function orderedVideos(
  videos: readonly VideoEvidence[],
  heldBack: readonly HeldBackShot[],
  classIds: readonly number[],
): OrderedVideo[] {
  const thought = new Map(heldBack.map(({ shot, probabilities }) => [shot, probabilities]));
  const nothing = new Float64Array(classIds.length).fill(1 / classIds.length);
  return videos.flatMap(({ videoId, shots, reviewed }) => {
    if (reviewed === null) return [];
    const segments = shots
      .filter(({ classIds: marked }) => marked.length === 1)
      .toSorted((a, b) => a.startUs - b.startUs || a.endUs - b.endUs)
      .map((shot) => ({
        startUs: shot.startUs,
        classIndex: classIds.indexOf(shot.classIds[0]!),
        shares: thought.get(shot) ?? nothing,
      }));
    return [{ videoId, segments }];
  });
}

/** Held-back stretches of classes, and of background, that the other videos have shots of. */
function heldBackShots(
  { heldOut, points }: EvidenceFold,
  mixture: Mixture,
  classIds: readonly number[],
): HeldBackShot[] {
  const isKnown = ({ classIds: marked }: Shot): boolean =>
    marked.length === 0
      ? points.counts.at(-1)! > 0
      : marked.every((classId) => points.counts[classIds.indexOf(classId)]! > 0);
  const probabilities = new Float64Array(mixture.text.length);
  return heldOut.flatMap(({ shots, shotSpans: { texts, codes } }) =>
    shots.flatMap((shot, row) => {
      if (!isKnown(shot)) return [];
      mixtureProbabilities(mixture, rowAt(texts, row), rowAt(codes, row), probabilities);
      return [{ shot, probabilities: probabilities.slice(0, classIds.length) }];
    }),
  );
}

const rightnessOf = (overlap: number): number =>
  Math.min(Math.max((overlap - occurrence.from) / (occurrence.fully - occurrence.from), 0), 1);

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
