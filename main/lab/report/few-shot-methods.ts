import type { AdapterStrength } from '#main/pipeline/classify/instant-adapter.ts';
import { chooseAdapterStrength, foldLogits } from '#main/pipeline/tune/choose-adapter-strength.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import { prefixLength, trainPrompts, type TrainedPrompts } from '#main/pipeline/tune/train-prompts.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import { tune } from '#main/pipeline/tune/tune.ts';
import { tunedClassFeatures } from '#main/pipeline/tune/tuned-classes.ts';
import { TuningLearners, type PromptedName } from '#main/pipeline/tune/tuning-learners.ts';
import type { TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import type { ClipParts } from '#native-models/clip/clip-parts.ts';

/** Ways to use the shots. `quick` and `full` are what the studio does: gated, with the instant adapter beside them. */
export const methods = ['zero-shot', 'instant adapter', 'quick', 'full', 'efficient-prompt'] as const;
export type Method = (typeof methods)[number];
/** The name of a method with a trained boundary head, which the studio adds to a version that goes live. */
export const withHead = (method: string): string => `${method}, boundary head`;
export type Presets = Readonly<Record<TuningPreset['id'], TuningPreset>>;

/** What is learned from, and the model that learns. */
export interface Lesson {
  readonly parts: ClipParts;
  readonly names: readonly PromptedName[];
  /** Factor from cosine to logit of the texts alone. */
  readonly scale: number;
  readonly task: TuningTask;
  readonly shots: readonly Shot[];
}

export interface Learned {
  /** `[K, D]` unit rows. */
  readonly classFeatures: Float32Array;
  readonly scale: number;
  /** What was trained; empty where nothing was, or where the gate did not let it through. */
  readonly runs: readonly TrainedPrompts[];
  /** How much the shots themselves say beside the texts; null for nothing. */
  readonly adapter: AdapterStrength | null;
}

/** The published preset is trained once on all shots, without the studio's gate and adapter. */
export async function learn(method: Method, lesson: Lesson, presets: Presets, seed: number): Promise<Learned> {
  const { parts, names, scale, task, shots } = lesson;
  const texts = { classFeatures: task.zeroShot, scale };
  const zeroShot: Learned = { ...texts, runs: [], adapter: null };
  if (method === 'zero-shot' || shots.length === 0) return zeroShot;
  if (method === 'efficient-prompt') {
    const preset = presets[method];
    await using learners = learnersOf(lesson, preset);
    const run = await trainPrompts(learners, task, shots, preset, { seed });
    const classFeatures = await tunedClassFeatures(learners, [run], preset.fromZeroShot);
    return { classFeatures, scale: preset.scale ?? scale, runs: [run], adapter: null };
  }
  const instant = (): Learned => {
    const { classIds, background } = task;
    const folds = foldLogits(task, shots, { classIds, background, ...texts });
    return { ...zeroShot, adapter: chooseAdapterStrength(folds, scale) };
  };
  if (method === 'instant adapter') return instant();
  const preset = presets[method];
  const tuned = await tune(parts, task, names, shots, preset, texts, { seed, provider: 'cpu', threads: 1 });
  if (!tuned.decision.live) return instant();
  await using learners = learnersOf(lesson, preset);
  const classFeatures = await tunedClassFeatures(learners, tuned.runs, preset.fromZeroShot);
  return { classFeatures, scale: tuned.scale, runs: tuned.runs, adapter: tuned.adapter };
}

/** One thread: the text towers that a report runs on are small, and more of them spend their time waiting. */
function learnersOf({ parts, names, task, scale }: Lesson, preset: TuningPreset): TuningLearners {
  return new TuningLearners(parts, {
    names,
    zeroShot: task.zeroShot,
    background: task.background,
    prompt: { prefix: prefixLength(parts, preset), suffix: preset.suffix },
    scale: preset.scale ?? scale,
    anchorWeight: preset.anchorWeight,
    provider: 'cpu',
    threads: 1,
  });
}
