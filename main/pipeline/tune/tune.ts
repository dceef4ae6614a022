import type { ClipParts } from '#native-models/clip/clip-parts.ts';
import { addUnitRows, normaliseRows } from '#native-models/features/unit-rows.ts';
import type { Provider } from '#native-models/runtime/session.ts';
import { openTemporal } from '#native-models/temporal/open-temporal.ts';
import { decideGate, type GateDecision } from './gate.ts';
import type { AdapterStrength } from '../classify/instant-adapter.ts';
import { adapterKeys } from './adapter-keys.ts';
import { chooseAdapterStrength, foldLogits } from './choose-adapter-strength.ts';
import {
  heldOutFolds,
  joinScores,
  onlyShots,
  scoreHeldOut,
  shotLogits,
  type HeldOutScore,
  type ShotLogits,
} from './held-out.ts';
import type { TuningPreset } from './presets.ts';
import {
  prefixLength,
  temporalShapeFor,
  trainPrompts,
  type TrainedPrompts,
  type TrainingOptions,
} from './train-prompts.ts';
import type { Shot } from './training-shots.ts';
import { tunedClassFeatures } from './tuned-classes.ts';
import { TuningLearners, type PromptedName } from './tuning-learners.ts';
import { examplesOf, type TuningTask } from './tuning-task.ts';

/** Where a version learned from. */
export type SeenSpan = Pick<Shot, 'videoId' | 'startUs' | 'endUs'>;

/** What is live before this tuning, as class features; equal to the zero-shot ones while nothing was tuned. */
export interface CurrentVersion {
  /** `[K, D]` unit rows in the order of the task's classes. */
  readonly classFeatures: Float32Array;
  readonly scale: number;
  /** Spans that it was trained on: what it says of them is no test of it. */
  readonly seen?: readonly SeenSpan[];
}

/** How shots are told apart that were held back: by the texts alone, by what is live, and by what was tuned. */
export interface HeldOutComparison {
  /** Texts alone, without anything learned. */
  readonly zeroShot: HeldOutScore;
  /** What is live, with the instant adapter; on corrections that it was not trained on, as long as there are any. */
  readonly current: HeldOutScore;
  /** What was tuned, with the instant adapter. */
  readonly tuned: HeldOutScore;
}

export interface TuningResult {
  readonly runs: readonly TrainedPrompts[];
  readonly scale: number;
  readonly heldOut: HeldOutComparison;
  /** How much the instant adapter says beside the tuned texts. */
  readonly adapter: AdapterStrength;
  readonly decision: GateDecision;
  /** Class ids whose names were too long for the context. */
  readonly shortened: readonly number[];
}

export interface TuningOptions extends Omit<TrainingOptions, 'onStep'> {
  readonly provider: Provider;
  readonly threads?: number;
  /** Share of all steps done, the loss of the run that is on, and which run that is. */
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly run: string;
    readonly step: number;
    readonly loss: number;
  }) => void;
}

/**
 * Learns prompts from shots and decides whether they may go live (Ju et al. 2022, with a start at the zero-shot answer
 * and a held-out gate): one training per fold to see what it is worth on shots it has not seen, then one per seed on
 * all of them. Nothing is changed anywhere; the caller stores the result. Fails with 'cancelled'.
 */
export async function tune(
  parts: ClipParts,
  task: TuningTask,
  names: readonly PromptedName[],
  shots: readonly Shot[],
  preset: TuningPreset,
  current: CurrentVersion,
  options: TuningOptions,
): Promise<TuningResult> {
  const folds = heldOutFolds(shots);
  const ownScale = Math.exp(parts.checkpoint.number('logit_scale'));
  const scale = preset.scale ?? ownScale;
  const { provider, threads } = options;
  const { zeroShot, background } = task;
  const prompt = { prefix: prefixLength(parts, preset), suffix: preset.suffix };
  await using learners = new TuningLearners(parts, {
    names,
    zeroShot,
    background,
    prompt,
    scale,
    anchorWeight: preset.anchorWeight,
    provider,
    ...(threads === undefined ? {} : { threads }),
  });
  const total = (folds.length + preset.seeds) * preset.steps;
  let finished = 0;
  // What no fold has enough shots to train is not trained at the end either: the gate would let through what it never saw.
  const isTested = folds.every(({ training }) => temporalShapeFor(preset, training, task.dim) !== null);
  const recipe = isTested ? preset : { ...preset, temporal: null };
  const train = async (run: string, from: readonly Shot[], seed: number): Promise<TrainedPrompts> => {
    const trained = await trainPrompts(learners, task, from, recipe, {
      seed,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onStep: ({ step, loss }) => options.onProgress?.({ done: (finished + step) / total, run, step, loss }),
    });
    finished += preset.steps;
    return trained;
  };

  const columns = { classIds: task.classIds, background: task.background };
  const texts = { ...columns, classFeatures: zeroShot, scale: ownScale };
  const tunedFolds: ShotLogits[] = [];
  for (const [index, { training, heldOut }] of folds.entries()) {
    const trained = await train(`held-out ${index + 1} of ${folds.length}`, training, options.seed);
    const classFeatures = await tunedClassFeatures(learners, [trained], preset.fromZeroShot);
    const see = (some: readonly Shot[]): Promise<Float32Array> => featuresUnder(task, some, [trained], provider);
    const keys = adapterKeys(task, training, await see(training));
    tunedFolds.push(shotLogits(heldOut, await see(heldOut), { ...columns, classFeatures, scale }, keys));
  }
  const runs: TrainedPrompts[] = [];
  for (let seed = 0; seed < preset.seeds; seed += 1)
    runs.push(await train(`run ${seed + 1} of ${preset.seeds}`, shots, options.seed + seed));
  const isNew = (shot: Shot): boolean => !(current.seen ?? []).some((span) => isSameSpan(span, shot));
  const keep = folds.some(({ heldOut }) => heldOut.some(isNew)) ? isNew : () => true;
  const heldOut = {
    zeroShot: joinScores(foldLogits(task, shots, texts).map((fold) => scoreHeldOut(fold, null))),
    current: scoreWithAdapter(foldLogits(task, shots, { ...columns, ...current }), current.scale, keep),
    tuned: scoreWithAdapter(tunedFolds, scale, () => true),
  };
  const besideCurrent = scoreWithAdapter(tunedFolds, scale, keep);
  const { shortened } = await learners.for(null);
  return {
    runs,
    scale,
    heldOut,
    adapter: chooseAdapterStrength(tunedFolds, scale),
    decision: decideGate(heldOut.tuned, heldOut.zeroShot, heldOut.current, besideCurrent),
    shortened: shortened.map((row) => names[row]!.classId),
  };
}

/** Each fold scored with the adapter strength that the others choose, so that none has a say in its own exam. */
function scoreWithAdapter(folds: readonly ShotLogits[], scale: number, keep: (shot: Shot) => boolean): HeldOutScore {
  const strengthFor = (fold: ShotLogits): AdapterStrength =>
    chooseAdapterStrength(
      folds.filter((other) => other !== fold),
      scale,
    );
  return joinScores(folds.map((fold) => scoreHeldOut(onlyShots(fold, keep), strengthFor(fold))));
}

const isSameSpan = (span: SeenSpan, shot: Shot): boolean =>
  span.videoId === shot.videoId && span.startUs === shot.startUs && span.endUs === shot.endUs;

/** `[B, D]` unit rows: shots as they are seen with what was trained, averaged over the runs; as they are without any. */
export async function featuresUnder(
  task: TuningTask,
  shots: readonly Shot[],
  runs: readonly TrainedPrompts[],
  provider: Provider,
): Promise<Float32Array> {
  const seen = runs.flatMap(({ temporal, learned }) => (temporal === null ? [] : [{ temporal, learned }]));
  if (seen.length === 0) return examplesOf(task, shots, null).features;
  const sum = new Float32Array(shots.length * task.dim);
  for (const { temporal, learned } of seen) {
    await using module = await openTemporal(temporal, learned, provider);
    const dense = await module.clips(examplesOf(task, shots, temporal.frames).features, shots.length);
    addUnitRows(sum, meansOfClips(dense, temporal.frames, task.dim), task.dim);
  }
  return normaliseRows(sum, task.dim);
}

/** `[B, T, D]` → `[B, D]`. */
function meansOfClips(dense: Float32Array, frames: number, dim: number): Float32Array {
  const means = new Float32Array(dense.length / frames);
  for (let at = 0; at < dense.length; at += 1) {
    const clip = Math.floor(at / (frames * dim));
    means[clip * dim + (at % dim)]! += dense[at]! / frames;
  }
  return means;
}
