import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { adamWDefaults, adamWStep, clipGradientNorm, cosineLearningRate } from '#native-models/training/adamw.ts';
import { loadTrainingState, saveTrainingState, type TrainingState } from './training-state.ts';

export interface TrainingSettings {
  /** Where the state, the curve and in the end the model are kept. */
  readonly folder: string;
  readonly seed: number;
  readonly steps: number;
  readonly peakLearningRate: number;
  readonly threads: number;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
  /** How fast a tensor learns, as a share of the learning rate; as fast as all where absent. */
  readonly rateOf?: (name: string) => number;
}

/** What a step found out: the slope of every weight, and figures for the curve. */
export interface StepAnswer {
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly figures: Readonly<Record<string, number>>;
}

const warmUpSteps = 100;
const saveEvery = 50;
const curveEvery = 10;
/** exp(logit_scale) stays at most 100, as in CLIP (Radford et al. 2021, s.2.5). */
const largestLogitScale = Math.log(100);

/**
 * Runs a stage of the starter's training to its end: AdamW with a cosine schedule, the state saved now and then. Can be
 * stopped at any moment and goes on from the last saved step. `slopesAt` must depend on the step and the weights alone,
 * so that an interrupted run draws what it would have drawn. Answers the weights, or null where it was stopped.
 */
export async function runTraining(
  settings: TrainingSettings,
  shapes: ReadonlyMap<string, readonly number[]>,
  initial: () => Map<string, Float32Array>,
  slopesAt: (step: number, weights: ReadonlyMap<string, Float32Array>) => Promise<StepAnswer>,
): Promise<ReadonlyMap<string, Float32Array> | null> {
  const { folder, steps, log } = settings;
  mkdirSync(path.join(folder, 'state'), { recursive: true });
  const state = loadTrainingState(folder, shapes, initial);
  const save = (): void => {
    writeFileSync(path.join(folder, 'curve.json'), JSON.stringify(state.curve));
    saveTrainingState(folder, shapes, state);
  };
  if (state.step > 0) log(`going on from step ${state.step}`);
  let started = performance.now();

  while (state.step < steps) {
    if (settings.signal?.aborted === true) {
      save();
      log(`stopped after step ${state.step}; the same command goes on from there`);
      return null;
    }
    const step = state.step + 1;
    const { gradients, figures } = await slopesAt(step, state.weights);
    const learningRate = cosineLearningRate(step, {
      peak: settings.peakLearningRate,
      warmUp: warmUpSteps,
      steps,
      floor: 0.02,
    });
    updateWeights(state, shapes, gradients, step, (name) => learningRate * (settings.rateOf?.(name) ?? 1));
    state.step = step;

    if (step % curveEvery === 0) {
      const seconds = (performance.now() - started) / 1000;
      started = performance.now();
      state.curve.push({ step, ...figures, learningRate, seconds });
      const told = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(3)}`);
      log(`step ${step} of ${steps}: ${told.join(', ')}, ${(seconds / curveEvery).toFixed(2)} s a step`);
    }
    if (step % saveEvery === 0 || step === steps) save();
  }
  writeFileSync(path.join(folder, recordName), JSON.stringify(recordOf(settings, state)));
  return state.weights;
}

/** What a finished run leaves beside its model: settings, time and curve. */
export const recordName = 'training-record.json';

function recordOf(settings: TrainingSettings, { curve }: TrainingState): object {
  const numbers = Object.entries(settings).filter(([, value]) => typeof value === 'number');
  const minutes = curve.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / 60;
  return { settings: { ...Object.fromEntries(numbers), warmUpSteps }, minutes: Number(minutes.toFixed(1)), curve };
}

function updateWeights(
  state: TrainingState,
  shapes: ReadonlyMap<string, readonly number[]>,
  gradients: ReadonlyMap<string, Float32Array>,
  step: number,
  learningRateOf: (name: string) => number,
): void {
  clipGradientNorm([...gradients.values()], 1);
  for (const [name, values] of state.weights) {
    const decays = shapes.get(name)!.length > 1 && !name.includes('embedding');
    adamWStep(values, gradients.get(name)!, state.moments.get(name)!, step, learningRateOf(name), {
      ...adamWDefaults,
      beta2: 0.98,
      weightDecay: decays ? 0.05 : 0,
    });
  }
  const scale = state.weights.get('logit_scale');
  if (scale !== undefined) scale[0] = Math.min(scale[0]!, largestLogitScale);
}
