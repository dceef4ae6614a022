import { seededRandom } from '#main/random/seeded-random.ts';
import {
  initialBoundaryHead,
  openBoundaryTrainer,
  runBoundaryHead,
  type BoundaryHeadShape,
  type BoundaryTrainer,
} from '#native-models/boundary-head/boundary-head.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import { adamWDefaults, adamWStep, cosineLearningRate, zeroMoments } from '#native-models/training/adamw.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { durationUs, secondsOf, type Span } from '#preload/domain/span.ts';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import type { LearnedBoundaries } from '../propose/learned-boundaries.ts';
import { shownActions } from '../propose/shown-actions.ts';
import {
  boundaryInput,
  boundaryInputWidth,
  boundaryTargets,
  boundaryWeights,
  knownStretches,
  learnedBoundaries,
  type BoundaryLabels,
  type BoundaryVideo,
} from './boundary-samples.ts';

/** A video with what people have decided in it. */
export interface LabelledVideo {
  readonly videoId: number;
  readonly analysis: FeatureAnalysis;
  readonly labels: BoundaryLabels;
}

/** A trained head: its tensors, and how long its own proposals may be. */
export interface TrainedBoundaryHead {
  readonly shape: BoundaryHeadShape;
  readonly learned: ReadonlyMap<string, Float32Array>;
  readonly longestS: number;
}

export interface BoundaryOptions {
  readonly seed: number;
  readonly provider: Provider;
  readonly threads?: number;
  /** Full-batch steps of each training; 200 when absent. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: {
    readonly run: TrainingRun;
    readonly step: number;
    readonly steps: number;
    readonly loss: number;
    readonly done: number;
  }) => void;
}

const hidden = 128;
const defaultSteps = 200;
const learningRate = 1e-3;
/** Pull towards where the head began. */
const pull = 1e-3;
const leastSegments = 8;
const leastVideos = 2;

/**
 * Heads that were trained without each part of the videos, in the order of the parts, and one trained on all. Null where
 * the rest holds no segment.
 */
export interface TrainedBoundaryHeads {
  readonly perFold: readonly (TrainedBoundaryHead | null)[];
  readonly all: TrainedBoundaryHead;
}

/** Why no head can be trained from these corrections, in words; null where one can. */
export function boundaryObstacle(videos: readonly LabelledVideo[]): Saying | null {
  const labelled = videos.filter(({ labels }) => labels.accepted.length > 0);
  const segments = labelled.reduce((sum, { labels }) => sum + labels.accepted.length, 0);
  if (segments >= leastSegments && labelled.length >= leastVideos) return null;
  return say(
    'Edges are learned from {{leastSegments}} accepted segments in {{leastVideos}} videos on; there are {{segments}} in {{videos}}.',
    { leastSegments, leastVideos, segments, videos: labelled.length },
  );
}

/**
 * Trains heads on reviewed time: one without each of `folds` (video ids), for it to be judged in videos that it has not
 * seen, and one on all. Fails with 'cancelled'.
 */
export async function trainBoundaryHeads(
  videos: readonly LabelledVideo[],
  classSet: ClassSet,
  folds: readonly (readonly number[])[],
  options: BoundaryOptions,
): Promise<TrainedBoundaryHeads> {
  const inOrder = videos.toSorted((a, b) => a.videoId - b.videoId);
  const seen = new Map(inOrder.map((video) => [video, boundaryVideo(video.analysis, classSet)]));
  const { steps = defaultSteps } = options;
  const shape: BoundaryHeadShape = {
    width: boundaryInputWidth(inOrder[0]!.analysis.dim),
    hidden,
    distances: [2],
    skip: 'none',
  };
  await using trainer = await openBoundaryTrainer(shape, options.provider, options.threads);
  const train = (run: TrainingRun, from: readonly LabelledVideo[], at: number): Promise<TrainedBoundaryHead> =>
    trainOn(trainer, shape, from, seen, options, (step, loss) =>
      options.onStep?.({ run, step, steps, loss, done: (at + step / steps) / (folds.length + 1) }),
    );
  const perFold: (TrainedBoundaryHead | null)[] = [];
  const count = folds.length;
  for (const [index, held] of folds.entries()) {
    const rest = inOrder.filter(({ videoId }) => !held.includes(videoId));
    const isTaught = rest.some(({ labels }) => labels.accepted.length > 0);
    const run: TrainingRun = { learns: 'boundaries', without: 'videos', number: index + 1, count };
    perFold.push(isTaught ? await train(run, rest, index) : null);
  }
  const all: TrainingRun = { learns: 'boundaries', without: null, number: 1, count: 1 };
  return { perFold, all: await train(all, inOrder, count) };
}

/** What the head says of a video. */
export async function boundariesOf(
  { shape, learned, longestS }: TrainedBoundaryHead,
  video: BoundaryVideo,
  provider: Provider,
): Promise<LearnedBoundaries> {
  return learnedBoundaries(await runBoundaryHead(shape, learned, boundaryInput(video), provider), longestS);
}

/** A video as the head sees it: with the actionness and novelty of localisation without it, and what the model's own head says. */
export function boundaryVideo(analysis: FeatureAnalysis, classSet: ClassSet): BoundaryVideo {
  const { features, dim, grid, boundaries } = analysis;
  const { actionness } = shownActions(analysis, classSet);
  const novelty = analysis.novelty.subarray(0, grid.count);
  return { features, dim, edgesUs: grid.edgesUs, actionness, novelty, own: boundaries };
}

async function trainOn(
  trainer: BoundaryTrainer,
  shape: BoundaryHeadShape,
  videos: readonly LabelledVideo[],
  seen: ReadonlyMap<LabelledVideo, BoundaryVideo>,
  { seed, signal, steps = defaultSteps }: BoundaryOptions,
  onStep: (step: number, loss: number) => void,
): Promise<TrainedBoundaryHead> {
  const random = seededRandom(seed);
  const learned = initialBoundaryHead(shape, () => random.between(-1, 1));
  const initial = new Map([...learned].map(([name, values]) => [name, values.slice()]));
  const known = videos.map((video) => boundaryTargets(seen.get(video)!, video.labels));
  const weights = boundaryWeights(known);
  const batch = knownStretches(
    videos.map((video, at) => ({
      input: boundaryInput(seen.get(video)!),
      targets: known[at]!.targets,
      weights: weights[at]!,
    })),
    shape,
  );
  const moments = new Map([...learned].map(([name, values]) => [name, zeroMoments(values.length)]));
  for (let step = 1; step <= steps; step += 1) {
    if (signal?.aborted === true)
      throw new Failure('cancelled', say('Tuning was cancelled; the version in use stays as it was.'));
    const { loss, gradients } = await trainer.step(learned, batch);
    const rate = cosineLearningRate(step, { peak: learningRate, warmUp: 0, steps });
    for (const [name, values] of learned) {
      const start = initial.get(name)!;
      const slopes = gradients.get(name)!;
      for (let at = 0; at < slopes.length; at += 1) slopes[at]! += 2 * pull * (values[at]! - start[at]!);
      adamWStep(values, slopes, moments.get(name)!, step, rate, adamWDefaults);
    }
    onStep(step, loss);
  }
  return { shape, learned, longestS: longest(videos.flatMap(({ labels }) => labels.accepted)) };
}

/** Twice the 99th percentile of accepted lengths. */
function longest(accepted: readonly Span[]): number {
  const lengths = accepted.map(durationUs).toSorted((a, b) => a - b);
  return 2 * secondsOf(lengths[Math.floor(0.99 * (lengths.length - 1))]!);
}
