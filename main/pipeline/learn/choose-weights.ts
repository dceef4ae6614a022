import {
  addSums,
  discriminantSay,
  fitDiscriminant,
  noPoints,
  type Discriminant,
  type DiscriminantPrior,
  type PointSums,
} from './discriminant.ts';
import type { ProjectEvidence, VideoEvidence } from './evidence.ts';
import type { MixtureWeights } from './mixture.ts';
import { rowAt } from './rows.ts';

/** What is taken where nothing can be held back, and what choices are pulled towards. */
export const usualWeights: MixtureWeights = { text: 0.6, discriminant: 0.1, shrinkage: 0.3 };
const choices = {
  shrinkage: [0.1, 0.3, 0.6],
  discriminant: [0.025, 0.05, 0.1, 0.2, 0.4],
  text: [0.15, 0.3, 0.6, 1],
} as const satisfies Record<keyof MixtureWeights, readonly number[]>;

/** At most this many parts: with more videos, several are held back together. */
const mostFolds = 5;

/** Videos held back, and what the others say. */
export interface EvidenceFold {
  readonly heldOut: readonly VideoEvidence[];
  readonly points: PointSums;
}

/** Leave-one-video-out: each fold's sums are those of all videos less its own. Empty with fewer than two videos. */
export function evidenceFolds(
  videos: readonly VideoEvidence[],
  pointsOf: ReadonlyMap<VideoEvidence, PointSums>,
  all: PointSums,
): EvidenceFold[] {
  if (videos.length < 2) return [];
  const count = Math.min(mostFolds, videos.length);
  return Array.from({ length: count }, (_, fold) => {
    const heldOut = videos.filter((_video, index) => index % count === fold);
    const points = noPoints(all.counts.length, all.sums.length / all.counts.length);
    addSums(points, all, 1);
    for (const video of heldOut) addSums(points, pointsOf.get(video)!, -1);
    return { heldOut, points };
  }).filter(({ points }) => points.counts.subarray(0, -1).some((weight) => weight > 1e-9));
}

/**
 * The weights under which corrections of held-back videos were likeliest, with a pull towards the usual ones; ties go to
 * the usual. Classes that a fold's other videos have no shot of are no part of its exam.
 */
export function chooseWeights(
  { classIds }: Pick<ProjectEvidence, 'classIds'>,
  prior: DiscriminantPrior,
  folds: readonly EvidenceFold[],
): MixtureWeights {
  let best = usualWeights;
  let lowest = Infinity;
  for (const shrinkage of sortedByPull('shrinkage')) {
    const exams = folds.map(({ heldOut, points }) =>
      examOf(heldOut, points, fitDiscriminant(prior, points, shrinkage), classIds),
    );
    for (const discriminant of sortedByPull('discriminant')) {
      for (const text of sortedByPull('text')) {
        const weights = { shrinkage, discriminant, text };
        let loss = pullOf(weights);
        for (const exam of exams) loss += lossOf(exam, weights);
        if (loss < lowest - 1e-9) [lowest, best] = [loss, weights];
      }
    }
  }
  return best;
}

const sortedByPull = (key: keyof MixtureWeights): number[] =>
  [...choices[key]].sort((a, b) => pull(a, usualWeights[key]) - pull(b, usualWeights[key]));

const pull = (value: number, usual: number): number => Math.abs(Math.log2(value / usual)) / 2;
const pullOf = (weights: MixtureWeights): number =>
  (Object.keys(choices) as (keyof MixtureWeights)[]).reduce(
    (sum, key) => sum + pull(weights[key], usualWeights[key]),
    0,
  );

/** Held-back corrections before they are weighed. */
interface Exam {
  readonly columns: number;
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
): Exam {
  const texts: Float64Array[] = [];
  const says: Float64Array[] = [];
  const right: (readonly number[])[] = [];
  const columns = videos[0]!.shotSpans.texts.width;
  const background = Array.from({ length: columns - classIds.length }, (_, at) => classIds.length + at);
  for (const { shots, shotSpans } of videos) {
    for (const [row, { classIds: marked }] of shots.entries()) {
      const classes = marked.map((classId) => classIds.indexOf(classId));
      if (classes.some((group) => !(points.counts[group]! > 1e-9))) continue;
      if (classes.length === 0 && background.length === 0) continue;
      texts.push(rowAt(shotSpans.texts, row));
      says.push(discriminantSay(discriminant, rowAt(shotSpans.codes, row), new Float64Array(columns)));
      right.push(classes.length > 0 ? classes : background);
    }
  }
  return { columns, texts, says, right };
}

/** Sum of −log P(what is right). */
function lossOf({ columns, texts, says, right }: Exam, weights: MixtureWeights): number {
  const logits = new Float64Array(columns);
  let loss = 0;
  for (const [row, names] of texts.entries()) {
    const say = says[row]!;
    let highest = -Infinity;
    for (let at = 0; at < columns; at += 1)
      highest = Math.max(highest, (logits[at] = weights.text * names[at]! + weights.discriminant * say[at]!));
    let total = 0;
    for (let at = 0; at < columns; at += 1) total += logits[at] = Math.exp(logits[at]! - highest);
    let likely = 0;
    for (const column of right[row]!) likely += logits[column]! / total;
    loss -= Math.log(Math.max(likely, 1e-12));
  }
  return loss;
}
