import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import type { BoundaryLabels } from '#main/pipeline/tune/boundary-samples.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import type { CurrentVersion } from '#main/pipeline/tune/tune.ts';
import type { Provider } from '#native-models/runtime/session.ts';
import type { TuningFigures, TuningOutcome } from '../vocabulary.ts';

/** All that the thread which tunes needs; it reads weights and features from their files by itself. */
export interface TuningRequest {
  readonly modelFolder: string;
  readonly modelHash: string;
  /** Hash of the temporal module in that folder, where features pass through it before anything is learned. */
  readonly temporalModule: string | null;
  readonly provider: Provider;
  readonly preset: TuningPreset['id'];
  readonly seed: number;
  readonly classes: readonly { readonly classId: number; readonly prompt: string }[];
  /** `[K, D]` and `[M, D]` unit rows, and the factor from their cosines to logits. */
  readonly zeroShot: Float32Array;
  readonly background: Float32Array;
  readonly logitScale: number;
  readonly shots: readonly Shot[];
  readonly featuresFolder: string;
  readonly videos: readonly TuningVideo[];
  /** What is live now. */
  readonly current: CurrentVersion;
  /** Where the version is to be written. */
  readonly versionFile: string;
}

export interface TuningVideo {
  readonly videoId: number;
  readonly key: FeatureKey;
  readonly endUs: number;
  /** What people decided in it, for the boundary head. */
  readonly labels: BoundaryLabels;
}

/** What the tuning thread can be asked. */
export interface TuningCalls {
  tune: { input: TuningRequest; output: TuningOutcome };
}

export interface TuningProgress {
  /** 0 to 1. */
  readonly done: number;
  readonly figures: TuningFigures;
}
