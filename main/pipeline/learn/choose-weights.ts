import { learningConstants } from '../propose/localisation-constants.ts';
import {
  addSums,
  discriminantSay,
  noPoints,
  type Discriminant,
  type FitDiscriminant,
  type PointSums,
} from './discriminant.ts';
import type { ProjectEvidence, VideoEvidence } from './evidence.ts';
import { addLabelledPoints } from './labelled-points.ts';
import type { MixtureWeights } from './mixture-weights.ts';
import { rowAt } from './rows.ts';

/** What may be chosen, and what choices are pulled towards; with more videos than folds, several are held back together. */
const { usual, choices, folds: mostFolds } = learningConstants.weights;

/** What is taken where nothing can be held back. */
export const usualWeights: MixtureWeights = {
  text: usual.text,
  discriminants: [{ shrinkage: usual.shrinkage, weight: usual.discriminant }],
};

/** Videos held back, and what the others say. */
export interface EvidenceFold {
  readonly heldOut: readonly VideoEvidence[];
  readonly points: PointSums;
}

/** The points of all videos, and of all but a few at a time. */
export interface FoldedEvidence {
  readonly all: PointSums;
  /** Empty with fewer than two videos. */
  readonly folds: readonly EvidenceFold[];
}

/** Leave-one-video-out, several at a time where there are many. @param width R. @param carried known without these videos. */
export function foldEvidence(
  videos: readonly VideoEvidence[],
  classIds: readonly number[],
  width: number,
  carried?: PointSums,
): FoldedEvidence {
  const count = Math.min(mostFolds, videos.length);
  const parts = Array.from({ length: count }, (_, fold) => {
    const heldOut = videos.filter((_video, index) => index % count === fold);
    const points = noPoints(classIds.length + 1, width);
    for (const video of heldOut) addLabelledPoints(points, video, classIds);
    return { heldOut, points };
  });
  const all = noPoints(classIds.length + 1, width);
  if (carried !== undefined) addSums(all, carried, 1);
  for (const { points } of parts) addSums(all, points, 1);
  if (count < 2) return { all, folds: [] };
  const folds = parts.map(({ heldOut, points: own }) => {
    const points = noPoints(classIds.length + 1, width);
    addSums(points, all, 1);
    addSums(points, own, -1);
    // What is left of a class after all of it was taken away is rounding noise.
    for (const [group, weight] of points.counts.entries()) if (weight < 1e-9) points.counts[group] = 0;
    return { heldOut, points };
  });
  return { all, folds: folds.filter(({ points }) => points.counts.subarray(0, -1).some((weight) => weight > 0)) };
}

/**
 * The weights to be expected after corrections of held-back videos: each combination counts by how likely it makes them,
 * with a pull towards the usual one. A few corrections do not tell neighbours apart, and their mean is steadier than the
 * best. What a fold's other videos have no shot of is no part of its exam, be it a class or background: names without
 * shots would be made to weigh nothing, since held-back corrections never have them.
 *
 * @param typicalOf `[K + M]` of `typicalOfShots`, by all videos but those that are held back.
 */
export function chooseWeights(
  { classIds }: Pick<ProjectEvidence, 'classIds'>,
  fit: FitDiscriminant,
  folds: readonly EvidenceFold[],
  typicalOf: (heldOut: readonly VideoEvidence[]) => Float64Array,
): MixtureWeights {
  if (folds.length === 0) return usualWeights;
  const tried = triedWeights({ classIds, fit, folds, typicalOf }, choices.shrinkage);
  const lowest = Math.min(...tried.map(({ loss }) => loss));
  const likely = tried.map((one) => ({ ...one, share: Math.exp(lowest - one.loss) }));
  const total = likely.reduce((sum, { share }) => sum + share, 0);
  const mean = (value: (one: (typeof likely)[number]) => number): number =>
    likely.reduce((sum, one) => sum + one.share * value(one), 0) / total;
  return {
    text: Math.exp(mean(({ text }) => Math.log(text))),
    discriminants: choices.shrinkage.map((shrinkage) => ({
      shrinkage,
      weight: mean((one) => (one.shrinkage === shrinkage ? one.discriminant : 0)),
    })),
  };
}

/** What weights are judged by. */
export interface WeightsExam extends Pick<ProjectEvidence, 'classIds'> {
  readonly fit: FitDiscriminant;
  readonly folds: readonly EvidenceFold[];
  readonly typicalOf: (heldOut: readonly VideoEvidence[]) => Float64Array;
}

/** −log P of all held-back corrections by the best weights of the usual shrinkage, with what these are pulled by. */
export const lowestLoss = (exam: WeightsExam): number =>
  Math.min(...triedWeights(exam, [usual.shrinkage]).map(({ loss }) => loss));

interface TriedWeights {
  readonly loss: number;
  readonly text: number;
  readonly discriminant: number;
  readonly shrinkage: number;
}

function triedWeights({ classIds, fit, folds, typicalOf }: WeightsExam, shrinkages: readonly number[]): TriedWeights[] {
  const typicals = folds.map(({ heldOut }) => typicalOf(heldOut));
  return shrinkages.flatMap((shrinkage) => {
    const exams = folds.map(({ heldOut, points }, fold) =>
      examOf(heldOut, points, fit(points, shrinkage), classIds, typicals[fold]!),
    );
    return choices.discriminant.flatMap((discriminant) =>
      choices.text.map((text) => {
        let loss = pull({ shrinkage, discriminant, text });
        for (const exam of exams) loss += lossOf(exam, text, discriminant);
        return { loss, text, discriminant, shrinkage };
      }),
    );
  });
}

const pull = (weights: Record<keyof typeof usual, number>): number =>
  (Object.keys(choices) as (keyof typeof usual)[]).reduce(
    (sum, key) => sum + Math.abs(Math.log2(weights[key] / usual[key])) / 2,
    0,
  );

/** Held-back corrections before they are weighed. */
interface Exam {
  /** Classes with shots, and background texts. */
  readonly columns: readonly number[];
  /** `[n][K + M]`. */
  readonly texts: readonly Float64Array[];
  readonly says: readonly Float64Array[];
  /** Columns that are right for each. */
  readonly right: readonly (readonly number[])[];
}

function examOf(
  videos: readonly VideoEvidence[],
  points: PointSums,
  discriminant: Discriminant,
  classIds: readonly number[],
  typical: Float64Array,
): Exam {
  const texts: Float64Array[] = [];
  const says: Float64Array[] = [];
  const right: (readonly number[])[] = [];
  const columns = [...typical.keys()].filter((at) => at >= classIds.length || points.counts[at]! > 0);
  const background = columns.filter((at) => at >= classIds.length);
  for (const { shots, shotSpans } of videos) {
    for (const [row, { classIds: marked }] of shots.entries()) {
      const classes = marked.map((classId) => classIds.indexOf(classId));
      if (classes.some((group) => points.counts[group] === 0)) continue;
      if (classes.length === 0 && (background.length === 0 || points.counts[classIds.length] === 0)) continue;
      texts.push(rowAt(shotSpans.texts, row).map((text, at) => text - typical[at]!));
      says.push(discriminantSay(discriminant, rowAt(shotSpans.codes, row), new Float64Array(typical.length)));
      right.push(classes.length > 0 ? classes : background);
    }
  }
  return { columns, texts, says, right };
}

/** Sum of −log P(what is right). */
function lossOf({ columns, texts, says, right }: Exam, text: number, discriminant: number): number {
  const logits = new Float64Array(texts[0]?.length ?? 0);
  let loss = 0;
  for (const [row, names] of texts.entries()) {
    const say = says[row]!;
    let highest = -Infinity;
    for (const column of columns) {
      logits[column] = text * names[column]! + discriminant * say[column]!;
      highest = Math.max(highest, logits[column]);
    }
    let total = 0;
    for (const column of columns) total += logits[column] = Math.exp(logits[column]! - highest);
    let likely = 0;
    for (const column of right[row]!) likely += logits[column]!;
    loss -= Math.log(Math.max(likely / total, 1e-12));
  }
  return loss;
}
