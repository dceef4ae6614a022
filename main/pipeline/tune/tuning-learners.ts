import type { DualEncoder } from '#native-models/open-model.ts';
import type { TextMarks } from '#native-models/dual-encoder/prompted-text.ts';
import { openPromptLearner, type PromptLearner } from '#native-models/prompt-learning/prompt-learner.ts';
import { fastestForm } from '#native-models/prompt-learning/shared-prefix-text.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import { noTokenizer } from '#native-models/text/tokenizer.ts';
import type { TemporalShape } from '#native-models/temporal/temporal-transformer.ts';

/** A class name as the text tower reads it. */
export interface PromptedName {
  readonly classId: number;
  /** Token ids without start and end of text. */
  readonly tokens: readonly number[];
}

/** What all trainings of one tuning have in common. */
export interface LearnerSettings {
  readonly names: readonly PromptedName[];
  /** `[K, D]` unit rows. */
  readonly zeroShot: Float32Array;
  /** `[M, D]` unit rows; empty where nothing is trained. */
  readonly background: Float32Array;
  readonly prompt: { readonly prefix: number; readonly suffix: number };
  readonly scale: number;
  readonly anchorWeight: number;
  readonly provider: Provider;
  readonly threads?: number;
}

/** Classes that go through the text tower together: what bounds the memory of a step. */
export const classesPerChunk = 64;

/** Prompt learners of one class list, opened when first needed and shared by all trainings, folds and seeds alike. */
export class TuningLearners implements AsyncDisposable {
  readonly encoder: DualEncoder;
  readonly settings: LearnerSettings;
  readonly #open = new Map<string, Promise<PromptLearner>>();

  constructor(encoder: DualEncoder, settings: LearnerSettings) {
    this.encoder = encoder;
    this.settings = settings;
  }

  /** The learner that also trains a temporal module of this shape; null for prompts alone. */
  for(temporal: TemporalShape | null): Promise<PromptLearner> {
    const key = JSON.stringify(temporal);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const { names, zeroShot, background, ...settings } = this.settings;
    const classes = {
      names: names.map(({ tokens }) => tokens),
      ...textMarks(this.encoder),
      anchors: zeroShot,
      background,
    };
    const opening = openPromptLearner(this.encoder, classes, {
      ...settings,
      temporal,
      classesPerChunk,
      form: fastestForm(this.encoder.texts),
    });
    this.#open.set(key, opening);
    return opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    this.#open.clear();
    for (const learner of opened) if (learner.status === 'fulfilled') await learner.value[Symbol.asyncDispose]();
  }
}

/** The ids of the marks around a text. */
export function textMarks({ tokenizer, folder }: DualEncoder): TextMarks {
  if (tokenizer === null) throw noTokenizer(folder);
  return tokenizer;
}
