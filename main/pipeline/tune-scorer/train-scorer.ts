import { setImmediate } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { ClipLearner } from '#native-models/xclip/clip-learner.ts';
import { isNewPart } from '#native-models/xclip/trained-parts.ts';
import {
  adamWDefaults,
  adamWStep,
  clipGradientNorm,
  cosineLearningRate,
  zeroMoments,
} from '#native-models/training/adamw.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import type { Shot } from '../tune/training-shots.ts';
import type { ScorerPreset } from './scorer-presets.ts';
import { logitsOf, runsOf, targetsOf, type ScorerTask, type Target } from './scorer-task.ts';
import { saveProgress, takeUpProgress, type TrainingProgress } from './training-progress.ts';

export interface ScorerTrainingOptions {
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Where the run keeps how far it came, to go on after an interruption; null to keep nothing. */
  readonly progressFile: string | null;
  readonly onStep?: (step: { readonly step: number; readonly steps: number; readonly loss: number }) => void;
}

/** How often a run keeps how far it came. */
const savingMs = 20_000;
const longestGradient = 1;

/** Steps of a whole run: every shot once an epoch. */
export const stepsOf = (preset: ScorerPreset, shots: number): number =>
  preset.epochs * Math.ceil(shots / preset.batchSize);

/**
 * One run of fine-tuning with AdamW (Ni et al. 2022, s.4.1, with the preset's changes). The same task, shots, preset and
 * seed give the same numbers, however often the run was interrupted. Fails with 'cancelled' when the signal fires.
 * @returns the trained tensors by name, each in the shape that the checkpoint has for it.
 */
export async function trainScorer(
  learner: ClipLearner,
  task: ScorerTask,
  shots: readonly Shot[],
  preset: ScorerPreset,
  options: ScorerTrainingOptions,
): Promise<Map<string, Float32Array>> {
  const start = learner.start();
  const progress: TrainingProgress = {
    step: 0,
    values: new Map([...start].map(([name, values]) => [name, values.slice()])),
    moments: new Map([...start].map(([name, { length }]) => [name, zeroMoments(length)])),
  };
  if (options.progressFile !== null) takeUpProgress(options.progressFile, progress);
  const targets = targetsOf(task, shots, await logitsOf(learner, start, task, shots), preset.labelSmoothing);
  const perEpoch = Math.ceil(shots.length / preset.batchSize);
  const steps = stepsOf(preset, shots.length);
  const schedule = { peak: 1, warmUp: preset.warmUpEpochs * perEpoch, steps, floor: preset.learningRateFloor };
  let savedMs = performance.now();

  while (progress.step < steps) {
    // Graphs compute on this thread: only here can it hear that it is to stop.
    await setImmediate();
    if (options.signal?.aborted === true) {
      if (options.progressFile !== null) saveProgress(options.progressFile, progress);
      throw new Failure('cancelled', say('Tuning was cancelled; the version in use stays as it was.'));
    }
    const epoch = Math.floor(progress.step / perEpoch);
    const order = shuffled(targets, options.seed * 7919 + epoch);
    const batch = order.slice((progress.step % perEpoch) * preset.batchSize).slice(0, preset.batchSize);
    const { loss, gradients } = await batchStep(learner, progress.values, task, batch);
    clipGradientNorm([...gradients.values()], longestGradient);
    progress.step += 1;
    const rate = preset.learningRate * cosineLearningRate(progress.step, schedule);
    for (const [name, values] of progress.values) {
      const learningRate = isNewPart(name) ? rate * preset.newPartsFactor : rate;
      const weightDecay = decays(name, learner.shapes.get(name)!) ? preset.weightDecay : 0;
      const settings = { ...adamWDefaults, beta2: preset.beta2, weightDecay };
      adamWStep(values, gradients.get(name)!, progress.moments.get(name)!, progress.step, learningRate, settings);
      pullBack(values, start.get(name)!, Math.min(1, learningRate * preset.anchorWeight));
    }
    options.onStep?.({ step: progress.step, steps, loss });
    if (options.progressFile !== null && performance.now() - savedMs > savingMs) {
      saveProgress(options.progressFile, progress);
      savedMs = performance.now();
    }
  }
  if (options.progressFile !== null) saveProgress(options.progressFile, progress);
  return progress.values;
}

/** Seconds that one shot takes forwards and backwards, measured on the first of them. */
export async function secondsPerShot(learner: ClipLearner, task: ScorerTask, shots: readonly Shot[]): Promise<number> {
  const [run] = runsOf(shots, learner.takes);
  if (run === undefined) return 0;
  const clips = await task.clips(run);
  const targets = new Float32Array(run.length * task.columns).fill(1 / task.columns);
  const start = learner.start();
  const weights = new Float32Array(run.length).fill(1 / run.length);
  const timed = async (): Promise<number> => {
    const begun = performance.now();
    await learner.step(start, clips, targets, weights);
    return (performance.now() - begun) / 1000;
  };
  const first = await timed();
  // A first step also claims memory: where it is short, that is most of it.
  return (first > 1 ? first : await timed()) / run.length;
}

/** Loss and gradients over a batch, as the sum over the runs that fit into memory. */
async function batchStep(
  learner: ClipLearner,
  values: ReadonlyMap<string, Float32Array>,
  task: ScorerTask,
  batch: readonly Target[],
): Promise<{ loss: number; gradients: Map<string, Float32Array> }> {
  const total = batch.reduce((sum, { weight }) => sum + weight, 0);
  let loss = 0;
  const sums = new Map<string, Float32Array>();
  for (const run of runsOf(batch, learner.takes)) {
    const targets = new Float32Array(run.length * task.columns);
    run.forEach(({ row }, index) => targets.set(row, index * task.columns));
    const weights = Float32Array.from(run, ({ weight }) => weight / total);
    const step = await learner.step(values, await task.clips(run.map(({ shot }) => shot)), targets, weights);
    loss += step.loss;
    for (const [name, share] of step.gradients) {
      const sum = sums.get(name);
      if (sum === undefined) sums.set(name, share.slice());
      else for (let at = 0; at < sum.length; at += 1) sum[at]! += share[at]!;
    }
  }
  return { loss, gradients: sums };
}

/** As the released code: neither vectors (gains, biases, α) nor positions decay. */
const decays = (name: string, shape: readonly number[]): boolean =>
  shape.length > 1 && !name.includes('position_embedding');

function pullBack(values: Float32Array, start: Float32Array, share: number): void {
  if (share === 0) return;
  for (let at = 0; at < values.length; at += 1) values[at]! -= share * (values[at]! - start[at]!);
}

/** The items in an order that the seed decides. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const { below } = seededRandom(seed);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
