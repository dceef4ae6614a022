import { seededRandom } from '#main/random/seeded-random.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { DualEncoder } from '#native-models/open-model.ts';
import { initialTemporal, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import {
  adamWDefaults,
  adamWStep,
  clipGradientNorm,
  cosineLearningRate,
  zeroMoments,
} from '#native-models/training/adamw.ts';
import type { TuningPreset } from './presets.ts';
import { shotsPerClass, type Shot } from './training-shots.ts';
import type { PromptRun } from './tuned-classes.ts';
import type { TuningLearners } from './tuning-learners.ts';
import { examplesOf, type TuningTask } from './tuning-task.ts';

export interface TrainingOptions {
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: { readonly step: number; readonly steps: number; readonly loss: number }) => void;
}

/** What a run of training leaves: enough to prompt any class name, also one typed later. */
export interface TrainedPrompts extends PromptRun {
  /** The temporal module whose tensors are among `learned`; null where none was trained. */
  readonly temporal: TemporalShape | null;
  readonly losses: readonly number[];
}

/** The temporal module that a preset trains with these shots: none until every class that has shots has enough of them. */
export function temporalShapeFor(preset: TuningPreset, shots: readonly Shot[], dim: number): TemporalShape | null {
  if (preset.temporal === null) return null;
  const { minimumShots, frames, layers, skip } = preset.temporal;
  const counts = [...shotsPerClass(shots).values()];
  if (counts.length === 0 || counts.some((count) => count < minimumShots)) return null;
  return { width: dim, heads: headsFor(dim), layers, frames, skip };
}

/** Eight heads, or fewer where the width does not divide. */
const headsFor = (dim: number): number => [8, 4, 2, 1].find((heads) => dim % heads === 0)!;

const wordsOf = ({ tokenizer }: DualEncoder, { prefixWords }: TuningPreset): readonly number[] =>
  prefixWords === null ? [] : (tokenizer?.words(prefixWords) ?? []);

/** How many vectors stand before every class name. */
export const prefixLength = (encoder: DualEncoder, preset: TuningPreset): number =>
  Math.max(1, preset.prefix === 0 ? wordsOf(encoder, preset).length : preset.prefix);

/**
 * Prompt vectors to start from: the words' token embeddings, then small noise (Zhou et al. 2022; Ju et al. 2022). By
 * name, each `[vectors, D]` of the text tower's width.
 */
export function initialPrompts(encoder: DualEncoder, preset: TuningPreset, seed: number): Map<string, Float32Array> {
  const { normal } = seededRandom(seed);
  const { width } = encoder.texts;
  const prefix = prefixLength(encoder, preset);
  const noise = (count: number): Float32Array => Float32Array.from({ length: count * width }, () => 0.01 * normal());
  const before = noise(prefix);
  const words = wordsOf(encoder, preset).slice(0, prefix);
  if (words.length > 0) {
    const values = encoder.texts.tokenTable();
    words.forEach((word, at) => before.set(values.subarray(word * width, (word + 1) * width), at * width));
  }
  return new Map([['prefix', before], ...(preset.suffix > 0 ? [['suffix', noise(preset.suffix)] as const] : [])]);
}

/**
 * One run of prompt learning over all shots at once (Ju et al. 2022, s.3.2, with the preset's changes). The same task,
 * shots, preset and seed give the same numbers. Fails with 'cancelled' when the signal fires.
 */
export async function trainPrompts(
  learners: TuningLearners,
  task: TuningTask,
  shots: readonly Shot[],
  preset: TuningPreset,
  options: TrainingOptions,
): Promise<TrainedPrompts> {
  const initial = initialPrompts(learners.encoder, preset, options.seed);
  const temporal = temporalShapeFor(preset, shots, task.dim);
  const learned = new Map<string, Float32Array>([...initial].map(([name, values]) => [name, values.slice()]));
  if (temporal !== null) {
    const { between, normal } = seededRandom(options.seed + 1);
    const start = initialTemporal(temporal, { uniform: () => between(-1, 1), normal });
    for (const [name, values] of start) learned.set(name, values);
  }

  const learner = await learners.for(temporal);
  const offset = preset.fromZeroShot ? await learner.offsetToAnchors(initial) : null;
  const examples = examplesOf(task, shots, temporal?.frames ?? null);
  const moments = new Map([...learned].map(([name, values]) => [name, zeroMoments(values.length)]));
  const losses: number[] = [];
  for (let step = 1; step <= preset.steps; step += 1) {
    if (options.signal?.aborted === true)
      throw new Failure('cancelled', say('Tuning was cancelled; the version in use stays as it was.'));
    const { loss, gradients } = await learner.step(learned, offset, examples);
    const followed = [...gradients].filter(([name]) => !preset.frozenPrompts || !initial.has(name));
    clipGradientNorm(
      followed.map(([, values]) => values),
      1,
    );
    const learningRate =
      preset.schedule === 'constant'
        ? preset.learningRate
        : cosineLearningRate(step, { peak: preset.learningRate, warmUp: 0, steps: preset.steps });
    for (const [name, values] of learned) {
      if (preset.frozenPrompts && initial.has(name)) continue;
      adamWStep(values, gradients.get(name)!, moments.get(name)!, step, learningRate, {
        ...adamWDefaults,
        weightDecay: preset.weightDecay,
      });
    }
    losses.push(loss);
    options.onStep?.({ step, steps: preset.steps, loss });
  }
  return { learned, initial, temporal, losses };
}
