import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { Failure } from '#preload/domain/failure.ts';
import type { ClipParts } from '#native-models/clip/clip-parts.ts';
import { noTokenizer } from '#native-models/clip/tokenizer.ts';
import { openPromptLearner, type LearnedTensors, type PromptLearner } from '#native-models/prompt-learning/prompt-learner.ts';
import { fastestForm } from '#native-models/prompt-learning/shared-prefix-text.ts';
import { initialTemporal, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { adamWDefaults, adamWStep, clipGradientNorm, cosineLearningRate, zeroMoments } from '#native-models/training/adamw.ts';
import type { Provider } from '#native-models/runtime/session.ts';
import type { TuningPreset } from './presets.ts';
import { shotsPerClass, type Shot } from './training-shots.ts';
import { examplesOf, type TuningTask } from './tuning-task.ts';

/** A class name as the text tower reads it. */
export interface PromptedName {
  readonly classId: number;
  /** Token ids without start and end of text. */
  readonly tokens: readonly number[];
}

export interface TrainingOptions {
  readonly seed: number;
  readonly provider: Provider;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: { readonly step: number; readonly steps: number; readonly loss: number }) => void;
}

/** What a run of training leaves: enough to prompt any class name, also one typed later. */
export interface TrainedPrompts {
  /** `prefix`, `suffix`, and the tensors of the temporal module where there is one. */
  readonly learned: LearnedTensors;
  /** The prompt vectors it began with; with them the class features are the zero-shot ones. */
  readonly initial: LearnedTensors;
  readonly temporal: TemporalShape | null;
  readonly losses: readonly number[];
  /** Class ids whose names were too long for the context. */
  readonly shortened: readonly number[];
}

/** Deterministic draws for starting values. */
function drawsOf(seed: number): { uniform(): number; normal(): number } {
  const generator = xoroshiro128plus(seed);
  for (let draw = 0; draw < 16; draw += 1) generator.next();
  const unit = (): number => (generator.next() >>> 0) / 2 ** 32;
  return {
    uniform: () => 2 * unit() - 1,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
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

/** Prompt vectors to start from: the words' token embeddings, then small noise (Zhou et al. 2022; Ju et al. 2022). */
export function initialPrompts(parts: ClipParts, preset: TuningPreset, seed: number): Map<string, Float32Array> {
  const draws = drawsOf(seed);
  const { hidden_size: width, vocab_size: rows } = parts.config.text_config;
  const words = preset.prefixWords === null ? [] : (parts.tokenizer?.encode(preset.prefixWords).ids.slice(1, -1) ?? []);
  const prefix = Math.max(1, preset.prefix === 0 ? words.length : preset.prefix);
  const noise = (count: number): Float32Array => Float32Array.from({ length: count * width }, () => 0.01 * draws.normal());
  const before = noise(prefix);
  if (words.length > 0) {
    const values = parts.checkpoint.values('text_model.embeddings.token_embedding.weight', [rows, width]);
    words.slice(0, prefix).forEach((word, at) => before.set(values.subarray(word * width, (word + 1) * width), at * width));
  }
  return new Map([['prefix', before], ...(preset.suffix > 0 ? [['suffix', noise(preset.suffix)] as const] : [])]);
}

/** `zero-shot − prompted` `[K, D]`: added to the prompted features it gives back the zero-shot ones. */
export const offsetTo = (zeroShot: Float32Array, prompted: Float32Array): Float32Array => zeroShot.map((value, at) => value - prompted[at]!);

/**
 * One run of prompt learning over all shots at once (Ju et al. 2022, s.3.2, with the preset's changes). The same task,
 * shots, preset and seed give the same numbers. Fails with 'cancelled' when the signal fires.
 */
export async function trainPrompts(parts: ClipParts, task: TuningTask, names: readonly PromptedName[], shots: readonly Shot[], preset: TuningPreset, options: TrainingOptions): Promise<TrainedPrompts> {
  const initial = initialPrompts(parts, preset, options.seed);
  const temporal = temporalShapeFor(preset, shots, task.dim);
  const learned = new Map<string, Float32Array>([...initial].map(([name, values]) => [name, values.slice()]));
  if (temporal !== null) for (const [name, values] of initialTemporal(temporal, drawsOf(options.seed + 1))) learned.set(name, values);

  await using learner = await openLearner(parts, task, names, preset, temporal, initial, options.provider);
  const examples = examplesOf(task, shots, temporal?.frames ?? null);
  const moments = new Map([...learned].map(([name, values]) => [name, zeroMoments(values.length)]));
  const losses: number[] = [];
  for (let step = 1; step <= preset.steps; step += 1) {
    if (options.signal?.aborted === true) throw new Failure('cancelled', 'Tuning was cancelled; the version in use stays as it was.');
    const { loss, gradients } = await learner.step(learned, examples);
    clipGradientNorm([...gradients.values()], 1);
    const learningRate = preset.schedule === 'constant' ? preset.learningRate : cosineLearningRate(step, { peak: preset.learningRate, warmUp: 0, steps: preset.steps });
    for (const [name, values] of learned) {
      adamWStep(values, gradients.get(name)!, moments.get(name)!, step, learningRate, { ...adamWDefaults, weightDecay: preset.weightDecay });
    }
    losses.push(loss);
    options.onStep?.({ step, steps: preset.steps, loss });
  }
  return { learned, initial, temporal, losses, shortened: learner.shortened.map((row) => names[row]!.classId) };
}

async function openLearner(
  parts: ClipParts,
  task: TuningTask,
  names: readonly PromptedName[],
  preset: TuningPreset,
  temporal: TemporalShape | null,
  initial: LearnedTensors,
  provider: Provider,
): Promise<PromptLearner> {
  const width = parts.config.text_config.hidden_size;
  const prompt = { prefix: initial.get('prefix')!.length / width, suffix: preset.suffix };
  const settings = { prompt, temporal, scale: preset.scale ?? Math.exp(parts.checkpoint.number('logit_scale')), anchorWeight: preset.anchorWeight, classesPerChunk: 64, form: fastestForm(parts.config), provider };
  const marks = textMarks(parts);
  const classes = { names: names.map(({ tokens }) => tokens), ...marks, offset: null, anchors: task.zeroShot, background: task.background };
  if (!preset.fromZeroShot) return openPromptLearner(parts, classes, settings);
  await using start = await openPromptLearner(parts, classes, { ...settings, temporal: null });
  const prompted = await start.classFeatures(initial);
  return openPromptLearner(parts, { ...classes, offset: offsetTo(task.zeroShot, prompted) }, settings);
}

/** The ids of the start and end of a text. */
export function textMarks({ tokenizer, folder }: ClipParts): { readonly startOfText: number; readonly endOfText: number } {
  if (tokenizer === null) throw noTokenizer(folder);
  return tokenizer;
}
