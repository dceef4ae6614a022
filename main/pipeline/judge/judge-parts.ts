import type { LocalisationExtras } from '../classify/localise.ts';
import { shotsPerClass } from '../tune/training-shots.ts';
import { besideLive, type BesideLive } from './beside-live.ts';
import { compare, PairedAnswers, type Comparison } from './comparison.ts';
import { joinFolds, type HeldOut, type JudgedProject, type JudgedVideo } from './judged-project.ts';
import { lessonWithParts, type HeldBack } from './lesson-with-parts.ts';
import type { Moment } from './moments.ts';
import type { RankedVideo } from './ranked-segments.ts';
import { noParts, type LiveParts, type TrainedFold, type TrainedParts } from './trained-parts.ts';

/** Which names are read under the prompts: none, those that have shots, or all. */
export type PromptUse = 'none' | 'with shots' | 'all';

/** What a part brought to names with shots, and to each of them (by their ids). */
export interface PartJudgement extends Comparison {
  readonly classes: readonly { readonly classId: number; readonly comparison: Comparison }[];
  readonly moments: readonly (Omit<Moment, 'classIndex'> & { readonly classId: number })[];
}

export interface PartsJudgement {
  /** Names with shots; null where no prompts were trained or nothing can be held back. */
  readonly prompts: PartJudgement | null;
  /** Names whose shots were withheld (leave-one-class-out); null where prompts are not used, or there are too few classes. */
  readonly namesWithoutShots: Comparison | null;
  readonly temporal: PartJudgement | null;
  readonly boundaries: PartJudgement | null;
  /** The prompts and temporal module that passed beside the version in use; null where either is none. */
  readonly besideLive: BesideLive | null;
  /** The same of boundary heads. */
  readonly besideLiveBoundaries: BesideLive | null;
  /** What does better beyond noise, each part on top of those before it. */
  readonly use: { readonly prompts: PromptUse; readonly temporal: boolean; readonly boundaries: boolean };
}

export interface TrainedProject {
  /** Trained without each of the project's video folds, in their order. */
  readonly videoFolds: readonly TrainedFold[];
  /** Trains without the shots of each of some groups of classes; asked only where there is something to decide by it. */
  readonly classFolds: () => Promise<readonly TrainedFold[]>;
  readonly live: LiveParts | null;
  readonly liveBoundaries: LiveParts | null;
  /** Prompts and temporal module mean nothing without each other, so that they pass or fail together. */
  readonly isOne: boolean;
}

/**
 * Judges each trained part by the ranked segments of videos that it has not seen, on top of what corrections teach
 * without training and of the parts that passed before it: prompts, temporal module, boundary head. A part is used only
 * where it is better beyond noise, whatever becomes of the others.
 */
export async function judgeParts(project: JudgedProject, trained: TrainedProject): Promise<PartsJudgement> {
  const { videoFolds, classFolds, live, liveBoundaries, isOne } = trained;
  const classCount = project.input.classIds.length;
  const isTrained = (part: keyof TrainedParts): boolean => videoFolds.some(({ parts }) => parts[part] !== null);
  const ranked = (pick: (parts: TrainedParts) => TrainedParts): Promise<RankedVideo[]> =>
    rankedByFolds(
      project,
      videoFolds.map((fold) => ({ ...fold, parts: pick(fold.parts) })),
    );

  let base = await ranked(() => noParts);
  const untrained = base;
  const used = { prompts: false, temporal: false, boundaries: false };
  const attempt = async (parts: readonly (keyof TrainedParts)[]): Promise<PartJudgement | null> => {
    if (!parts.some(isTrained)) return null;
    const isIn = (part: keyof TrainedParts): boolean => used[part] || parts.includes(part);
    const found = await ranked((all) => partsIn(all, isIn));
    const answers = new PairedAnswers(base, found, classCount);
    const comparison = answers.compare();
    if (comparison.verdict === 'better') {
      for (const part of parts) used[part] = true;
      base = found;
    }
    const { classes, moments } = answers.byClass();
    const { classIds } = project.input;
    const named = <T extends { readonly classIndex: number }>({ classIndex, ...rest }: T) => ({
      ...rest,
      classId: classIds[classIndex]!,
    });
    return { ...comparison, classes: classes.map(named), moments: moments.map(named) };
  };

  const prompts = await attempt(isOne ? ['prompts', 'temporal'] : ['prompts']);
  const temporal = isOne ? null : await attempt(['temporal']);
  let besideVersion: BesideLive | null = null;
  if (live !== null && (used.prompts || used.temporal)) {
    const then = await ranked(() => ({ ...live.parts, boundaries: null }));
    besideVersion = besideLive(then, base, live.seen, classCount);
    if (besideVersion.liveStays) [used.prompts, used.temporal, base] = [false, false, untrained];
  }
  const boundaries = await attempt(['boundaries']);
  let besideLiveBoundaries: BesideLive | null = null;
  if (liveBoundaries !== null && used.boundaries) {
    const { boundaries: edges } = liveBoundaries.parts;
    const then = await ranked((all) => partsIn({ ...all, boundaries: edges }, (part) => used[part]));
    besideLiveBoundaries = besideLive(then, base, liveBoundaries.seen, classCount);
    used.boundaries = !besideLiveBoundaries.liveStays;
  }
  const namesWithoutShots = used.prompts ? await judgeOtherNames(project, await classFolds(), isOne) : null;
  const forOthers = namesWithoutShots?.verdict === 'better' ? 'all' : 'with shots';
  return {
    prompts,
    namesWithoutShots,
    temporal,
    boundaries,
    besideLive: besideVersion,
    besideLiveBoundaries,
    use: { ...used, prompts: used.prompts ? forOthers : 'none' },
  };
}

/** Some of the parts; null for the others. */
const partsIn = (all: TrainedParts, isIn: (part: keyof TrainedParts) => boolean): TrainedParts => ({
  prompts: isIn('prompts') ? all.prompts : null,
  temporal: isIn('temporal') ? all.temporal : null,
  boundaries: isIn('boundaries') ? all.boundaries : null,
});

/** Each fold's videos, found by its parts and by what the other videos' corrections teach. */
async function rankedByFolds(project: JudgedProject, folds: readonly TrainedFold[]): Promise<RankedVideo[]> {
  const ranked: RankedVideo[][] = [];
  const { shots } = project;
  for (const { held, parts } of folds) {
    const taughtIn = shots.filter(({ videoId }) => !held.includes(videoId));
    const withShots = shotsPerClass(taughtIn);
    ranked.push(
      await rankedWith(project, parts, held, {
        videos: held,
        classes: [],
        isPrompted: (classId) => withShots.has(classId),
      }),
    );
  }
  return joinFolds(ranked);
}

/** Names whose shots were withheld, with and without the prompts that the other classes' shots taught. */
async function judgeOtherNames(
  project: JudgedProject,
  folds: readonly TrainedFold[],
  isOne: boolean,
): Promise<Comparison | null> {
  if (folds.length === 0) return null;
  const { classIds } = project.input;
  const ids = project.truths.map(({ videoId }) => videoId);
  const sides: [RankedVideo[][], RankedVideo[][]] = [[], []];
  for (const { held, parts: all } of folds) {
    const parts = isOne ? { ...all, boundaries: null } : { ...all, temporal: null, boundaries: null };
    const among = (videos: readonly RankedVideo[]): RankedVideo[] =>
      videos.map(({ truth, segments }) => ({
        truth,
        segments: segments.filter(({ classIndex }) => held.includes(classIds[classIndex]!)),
      }));
    for (const [side, isPrompted] of [(classId: number) => !held.includes(classId), () => true].entries())
      sides[side]!.push(among(await rankedWith(project, parts, ids, { videos: [], classes: held, isPrompted })));
  }
  // Each class is judged in the fold that did not know it.
  const joined = (folded: readonly (readonly RankedVideo[])[]): RankedVideo[] =>
    folded[0]!.map(({ truth }, index) => ({ truth, segments: folded.flatMap((fold) => fold[index]!.segments) }));
  const judged = folds.flatMap(({ held }) => held.map((classId) => classIds.indexOf(classId)));
  return compare(joined(sides[0]), joined(sides[1]), classIds.length, judged);
}

/** Videos as they are found with parts, by a lesson that does not know what is held back. */
async function rankedWith(
  project: JudgedProject,
  parts: TrainedParts,
  videoIds: HeldOut,
  held: HeldBack,
): Promise<RankedVideo[]> {
  const { classSet, taught, named } = await lessonWithParts(project, parts, held);
  const extras = new Map<JudgedVideo, LocalisationExtras>();
  for (const video of project.input.videos.filter(({ videoId }) => videoIds.includes(videoId))) {
    const seen = named.get(video.videoId);
    extras.set(video, {
      taught,
      ...(seen === undefined ? {} : { namedFeatures: seen }),
      ...(parts.boundaries === null ? {} : { boundaries: await parts.boundaries(video) }),
    });
  }
  return project.ranked(videoIds, classSet, (video) => extras.get(video)!);
}
