import { untaughtScore } from '../learn/segment-score.ts';
import { compare, PairedAnswers, type Comparison } from './comparison.ts';
import { culpritsOf, type HeldBackLesson, type Inquiry } from './culprits.ts';
import { joinFolds, type JudgedProject } from './judged-project.ts';
import type { Moment } from './moments.ts';
import type { RankedVideo } from './ranked-segments.ts';

/** What learning without training brought, class by class; of one that became worse, which correction is to blame. */
export interface ClassExamination extends Inquiry {
  readonly classIndex: number;
  readonly comparison: Comparison;
}

/** What corrections are worth on videos that were held back from them. */
export interface Examination {
  /** From the names alone to means and covariances of classes. */
  readonly discriminant: Comparison;
  /** From those to a score that is learned as well. */
  readonly score: Comparison;
  /** From the names alone to both. */
  readonly together: Comparison;
  readonly classes: readonly ClassExamination[];
  readonly moments: readonly Moment[];
}

/**
 * Holds corrected videos back in turn, learns from the others in closed form, and looks what is found in those held
 * back: leave-one-video-out of all that is learned without training. Null with fewer than two corrected videos.
 */
export async function examine(
  project: JudgedProject,
  onProgress: (done: number) => Promise<void> = () => Promise.resolve(),
): Promise<Examination | null> {
  const folds = project.videoFolds();
  if (folds.length === 0) return null;
  const { names, classIds } = project.input;
  const evidence = project.evidence();
  const rankings = { names: [] as RankedVideo[][], discriminant: [] as RankedVideo[][], both: [] as RankedVideo[][] };
  const lessons: HeldBackLesson[] = [];
  for (const [index, held] of folds.entries()) {
    const taught = project.taughtWithout(held);
    lessons.push({ held, taught });
    rankings.names.push(project.ranked(held, names, () => ({})));
    rankings.discriminant.push(project.ranked(held, names, () => ({ taught: { ...taught, score: untaughtScore } })));
    rankings.both.push(project.ranked(held, names, () => ({ taught })));
    await onProgress((0.5 * (index + 1)) / folds.length);
  }
  const [before, between, after] = [rankings.names, rankings.discriminant, rankings.both].map(joinFolds) as [
    RankedVideo[],
    RankedVideo[],
    RankedVideo[],
  ];
  const count = classIds.length;
  const together = new PairedAnswers(before, after, count);
  const { classes, moments } = together.byClass();
  const worse = classes.filter(({ comparison }) => comparison.after < comparison.before - noticeable);
  const inquiries = await culpritsOf(project, evidence, lessons, worse, (done) => onProgress(0.5 + done / 2));
  return {
    discriminant: compare(before, between, count),
    score: compare(between, after, count),
    together: together.compare(),
    classes: classes.map((one) => ({ ...one, ...(inquiries.get(one.classIndex) ?? notTried) })),
    moments,
  };
}

const notTried: Inquiry = { tried: 0, culprit: null };

/** A class has become worse from this on: two points. */
export const noticeable = 0.02;
