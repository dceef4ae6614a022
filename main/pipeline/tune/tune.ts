import type { DualEncoder } from '#native-models/open-model.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import { judgeParts, type PartsJudgement } from '../judge/judge-parts.ts';
import type { HeldOut, JudgedProject } from '../judge/judged-project.ts';
import type { LiveParts, TrainedFold, TrainedParts } from '../judge/trained-parts.ts';
import type { ClassSet } from '../propose/class-set.ts';
import type { TuningPreset } from './presets.ts';
import {
  boundariesOf,
  boundaryVideo,
  type TrainedBoundaryHead,
  type TrainedBoundaryHeads,
} from './train-boundary-head.ts';
import {
  prefixLength,
  temporalShapeFor,
  trainPrompts,
  type TrainedPrompts,
  type TrainingOptions,
} from './train-prompts.ts';
import { shotsPerClass, type Shot } from './training-shots.ts';
import { tunedClassFeatures } from './tuned-classes.ts';
import { TuningLearners, type PromptedName } from './tuning-learners.ts';
import type { TuningTask } from './tuning-task.ts';

export interface TuningResult {
  readonly runs: readonly TrainedPrompts[];
  readonly scale: number;
  readonly judgement: PartsJudgement;
  /** Class ids whose names were too long for the context. */
  readonly shortened: readonly number[];
}

export interface TuningOptions extends Omit<TrainingOptions, 'onStep'> {
  readonly provider: Provider;
  readonly threads?: number;
  /** Videos that are held back in turn; the project's folds where it is absent, empty where nothing can come of it. */
  readonly videoFolds?: readonly HeldOut[];
  /** Boundary heads for these folds, to be judged with the rest. */
  readonly heads?: TrainedBoundaryHeads | null;
  /** What is live now; nothing without. */
  readonly live?: LiveParts | null;
  readonly liveBoundaries?: LiveParts | null;
  /** Share of all steps done, the loss of the run that is on, and which run that is. */
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly run: TrainingRun;
    readonly step: number;
    readonly loss: number;
  }) => void;
}

/** Classes whose shots are withheld together, and how many it takes for the others to teach anything. */
const mostClassFolds = 3;
const fewestClasses = 4;

/**
 * Learns prompts, and what a preset trains beside them, from shots (Ju et al. 2022, with a start at the zero-shot
 * answer), and judges which of it may go live: one training without each part of the videos, one per seed on everything,
 * and, where prompts pass, one without each part of the classes. Nothing is changed anywhere; the caller stores the result. Fails with
 * 'cancelled'.
 *
 * @param project the videos of `task`, whose corrections are the shots.
 */
export async function tune(
  encoder: DualEncoder,
  task: TuningTask,
  names: readonly PromptedName[],
  project: JudgedProject,
  preset: TuningPreset,
  options: TuningOptions,
): Promise<TuningResult> {
  const { provider, threads, heads = null, live = null, liveBoundaries = null } = options;
  const { videoFolds = project.videoFolds() } = options;
  const { shots } = project;
  const classFolds = videoFolds.length === 0 ? [] : classFoldsOf(shots);
  const outside = (held: HeldOut): Shot[] => shots.filter(({ videoId }) => !held.includes(videoId));
  const withoutShotsOf = (held: HeldOut): Shot[] =>
    shots.filter(({ classIds }) => !classIds.some((classId) => held.includes(classId)));
  const scale = preset.scale ?? encoder.logitScale;
  await using learners = new TuningLearners(encoder, {
    names,
    zeroShot: task.zeroShot,
    background: task.background,
    prompt: { prefix: prefixLength(encoder, preset), suffix: preset.suffix },
    scale,
    anchorWeight: preset.anchorWeight,
    provider,
    ...(threads === undefined ? {} : { threads }),
  });
  const total = (videoFolds.length + classFolds.length + preset.seeds) * preset.steps;
  let finished = 0;
  // What no fold has enough shots to train is not trained at the end either: it would go live unseen.
  const isTested = videoFolds.every((held) => temporalShapeFor(preset, outside(held), task.dim) !== null);
  const recipe = isTested ? preset : { ...preset, temporal: null };
  const train = async (run: TrainingRun, from: readonly Shot[], seed: number): Promise<TrainedPrompts> => {
    const trained = await trainPrompts(learners, task, from, recipe, {
      seed,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onStep: ({ step, loss }) => options.onProgress?.({ done: (finished + step) / total, run, step, loss }),
    });
    finished += preset.steps;
    return trained;
  };
  const partsOf = async (trained: TrainedPrompts): Promise<TrainedParts> => ({
    prompts: { classFeatures: await tunedClassFeatures(learners, [trained], preset.fromZeroShot), scale },
    temporal: temporalOf([trained], provider),
    boundaries: null,
  });

  const trainedFolds: TrainedFold[] = [];
  for (const [index, held] of videoFolds.entries()) {
    const head = heads?.perFold[index] ?? null;
    const boundaries = head && boundariesBy(head, project.input.names, provider);
    const from = outside(held);
    const some = shotsPerClass(from).size > 0;
    const run = promptsRun('videos', index, videoFolds.length);
    const own = some ? await partsOf(await train(run, from, options.seed)) : { prompts: null, temporal: null };
    trainedFolds.push({ held, parts: { ...own, boundaries } });
  }
  const runs: TrainedPrompts[] = [];
  for (let seed = 0; seed < preset.seeds; seed += 1)
    runs.push(await train(promptsRun(null, seed, preset.seeds), shots, options.seed + seed));
  const trainClassFolds = async (): Promise<TrainedFold[]> => {
    const folds: TrainedFold[] = [];
    for (const [index, held] of classFolds.entries()) {
      const run = promptsRun('classes', index, classFolds.length);
      folds.push({ held, parts: await partsOf(await train(run, withoutShotsOf(held), options.seed)) });
    }
    return folds;
  };
  const judgement = await judgeParts(project, {
    videoFolds: trainedFolds,
    classFolds: trainClassFolds,
    live,
    liveBoundaries,
    isOne: isOnePart(preset),
  });
  const { shortened } = await learners.for(null);
  return { runs, scale, judgement, shortened: shortened.map((row) => names[row]!.classId) };
}

/**
 * Whether a preset's texts and temporal module mean nothing without each other: neither starts at the project's zero-shot
 * answer.
 */
export const isOnePart = ({ fromZeroShot, templates, temporal }: TuningPreset): boolean =>
  (!fromZeroShot || templates !== null) && temporal !== null;

/** A trained temporal module, the mean of its runs; null where none was trained. */
export function temporalOf(
  runs: readonly Pick<TrainedPrompts, 'temporal' | 'learned'>[],
  provider: Provider,
): TrainedParts['temporal'] {
  const shape = runs[0]?.temporal ?? null;
  if (shape === null) return null;
  const learned = runs.map((run) => run.learned);
  return ({ features }) => denseFeatures(shape, learned, features, provider);
}

/** A trained boundary head, as videos are judged by it. @param names as they are by themselves. */
export const boundariesBy =
  (head: TrainedBoundaryHead, names: ClassSet, provider: Provider): NonNullable<TrainedParts['boundaries']> =>
  ({ analysis }) =>
    boundariesOf(head, boundaryVideo(analysis, names), provider);

const promptsRun = (without: TrainingRun['without'], index: number, count: number): TrainingRun => ({
  learns: 'prompts',
  without,
  number: index + 1,
  count,
});

/** Classes with shots in parts, so that each can be taken for names that have none yet; empty with too few. */
function classFoldsOf(shots: readonly Shot[]): HeldOut[] {
  const taught = [...shotsPerClass(shots).keys()].toSorted((a, b) => a - b);
  if (taught.length < fewestClasses) return [];
  return Array.from({ length: mostClassFolds }, (_, fold) =>
    taught.filter((_classId, index) => index % mostClassFolds === fold),
  );
}
