import type { Answers } from '#main/call-port/answer-calls.ts';
import type { ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import type { BoundaryBatch } from '#native-models/boundary-head/boundary-head.ts';
import type { TemporalModuleFacts } from '#native-models/temporal/temporal-module-file.ts';
import type { EncodedClips } from '#native-models/video-text-model.ts';
import type { CheckedModel, ModelChoice, ScorerModel } from '../vocabulary.ts';

/** A model folder in the state in which it was asked about: a folder whose files change becomes another model. */
export interface PinnedModel extends ModelChoice {
  /** Changes with the sizes and times of the folder's files. */
  readonly fingerprint: string;
}

/** What a model folder says of itself; no weights are loaded for it. */
export interface ModelFacts extends Omit<ModelEntry, 'problem' | 'temporal' | 'speed'> {
  /** Identity of configuration and weights. */
  readonly hash: string;
  readonly logitScale: number;
  /** See `PretrainedModel`. */
  readonly logitBias: number | null;
  readonly preprocessing: ImagePreprocessing;
  /** The temporal module that the folder brings along; null where there is none. */
  readonly temporal: TemporalModuleFacts | null;
}

/** A model of clips in the state in which it was asked about, with its tuning if it has one. */
export interface PinnedScorer extends PinnedModel, ScorerModel {}

/** What a model of clips says of itself; no weights are loaded for it. */
export interface ScorerFacts {
  /** Identity of configuration, weights and tuning. */
  readonly hash: string;
  /** Identity of what encoded clips depend on. */
  readonly clipHash: string;
  /** T, P and D of an encoded clip. */
  readonly frameCount: number;
  readonly contextRows: number;
  readonly dim: number;
  readonly logitScale: number;
  readonly preprocessing: ImagePreprocessing;
}

/** The temporal module in a model's folder, and D of the features it reads. */
export interface ModelModule {
  readonly modelFolder: string;
  readonly hash: string;
  readonly dim: number;
}

/** Whose temporal module features pass through. */
export type DenseModuleChoice = ModelModule | { readonly versionFile: string };

/** What the inference thread can be asked, one after another. */
export interface InferenceRequests {
  facts: { input: { readonly model: PinnedModel }; output: ModelFacts };
  /** Loads the image encoder now and chooses its execution provider. */
  warmUp: { input: { readonly model: PinnedModel }; output: ProviderReport };
  encodeImages: {
    /**
     * `pixels` `[batch, 3, H, W]`, preprocessed. Its memory moves to the thread. `sharedOut`: the model's provider was
     * found good by `warmUp`, so that any thread may use it untried, beside the others.
     */
    input: {
      readonly model: PinnedModel;
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly batch: number;
      readonly sharedOut: boolean;
    };
    /**
     * `features` `[batch, D]`, rows L2-normalised; `pixels` is the input's memory, handed back to be filled again;
     * `provider` is what they were computed on, which changes where a device stops working.
     */
    output: {
      readonly features: Float32Array;
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly provider: ProviderReport;
    };
  };
  encodeTexts: {
    input: { readonly model: PinnedModel; readonly texts: readonly string[] };
    /** `[K, D]`, rows L2-normalised; for each text whether its end was left out. */
    output: { readonly embeddings: Float32Array; readonly truncated: readonly boolean[] };
  };
  scorerFacts: { input: { readonly model: PinnedScorer }; output: ScorerFacts };
  /** Loads the encoder of clips now and chooses its execution provider. */
  warmUpScorer: { input: { readonly model: PinnedScorer }; output: ProviderReport };
  encodeClips: {
    /** `pixels` `[count, T, 3, H, W]`, preprocessed. Its memory moves to the thread. */
    input: { readonly model: PinnedScorer; readonly pixels: Float32Array<ArrayBuffer>; readonly count: number };
    output: EncodedClips;
  };
  encodeNames: {
    input: { readonly model: PinnedScorer; readonly names: readonly string[] };
    /** `[K, D]`; for each name whether its end was left out. */
    output: { readonly embeddings: Float32Array; readonly truncated: readonly boolean[] };
  };
  scoreClips: {
    /** `names` `[K, D]`. */
    input: { readonly model: PinnedScorer; readonly clips: EncodedClips; readonly names: Float32Array };
    /** `[count, K]` logits. */
    output: Float32Array;
  };
  tunedClasses: {
    /** `zeroShot` `[K, D]` of the same names. */
    input: {
      readonly model: PinnedModel;
      readonly versionFile: string;
      readonly names: readonly string[];
      readonly zeroShot: Float32Array;
    };
    /** `[K, D]` unit rows. */
    output: Float32Array;
  };
  denseFeatures: {
    /**
     * `[N, D]` unit rows of a part of a video (see `denseParts`), and whose temporal module they pass through: a model
     * folder's own, of this hash, or a version's.
     */
    input: {
      readonly module: DenseModuleChoice;
      readonly features: Float32Array;
    };
    /** `[N, D]` unit rows. */
    output: Float32Array;
  };
  ownBoundaries: {
    /** `[T, D]` unit rows of a stretch of a video, and what the temporal module made of them; the head beside that module looks at both. */
    input: { readonly module: ModelModule; readonly features: Float32Array; readonly dense: Float32Array };
    /** `[T, 3]` probabilities. */
    output: Float32Array;
  };
  boundaryHead: {
    input: { readonly versionFile: string; readonly batch: BoundaryBatch };
    /** `[B, T, 3]` probabilities. */
    output: Float32Array;
  };
  check: {
    input: Pick<ModelChoice, 'folder' | 'provider'>;
    output: CheckedModel;
  };
}

export type InferenceRequestName = keyof InferenceRequests;

export interface AskOptions {
  /** Gives the request up: at its turn it is not begun, and what a server was asked for it ends at once. */
  readonly signal?: AbortSignal | undefined;
  /** Memory in the input that moves to where it is computed. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Whatever computes: asked by name, it answers in order of asking, but for what is shared out. */
export interface Inference {
  ask<Name extends InferenceRequestName>(
    name: Name,
    input: InferenceRequests[Name]['input'],
    options?: AskOptions,
  ): Promise<InferenceRequests[Name]['output']>;
}

/** What the inference thread does for each request. */
export type InferenceAnswers = Answers<InferenceRequests>;
