import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import type { Examination } from '#main/pipeline/judge/examine.ts';
import type { PromptedClasses } from '#main/pipeline/judge/trained-parts.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import type { Correction, ReviewedVideo } from '#main/pipeline/tune/training-shots.ts';
import type { ProviderReport } from '#native-models/runtime/providers.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import type { TuningFigures, TuningOutcome } from '../vocabulary.ts';

/** All that the thread needs which learns from corrections and judges it; it reads features from their files itself. */
export interface CorrectedProject {
  readonly modelFolder: string;
  /** Hash of the temporal module in that folder, where features pass through it before anything is learned. */
  readonly temporalModule: string | null;
  readonly classes: readonly { readonly classId: number; readonly prompt: string }[];
  /** `[K, D]` and `[M, D]` unit rows, and the factor from their cosines to logits. */
  readonly zeroShot: Float32Array;
  readonly background: Float32Array;
  readonly logitScale: number;
  readonly featuresFolder: string;
  readonly videos: readonly {
    readonly videoId: number;
    readonly name: string;
    readonly key: FeatureKey;
    readonly endUs: number;
  }[];
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
}

export interface TuningRequest extends CorrectedProject {
  readonly modelHash: string;
  /** `auto`: whatever a step is fastest on. */
  readonly provider: Provider | 'auto';
  /** Where the trials of providers are noted; absent in a process that is no program's engine. */
  readonly trialJournal?: string;
  readonly preset: TuningPreset['id'];
  readonly seed: number;
  /** `[K, D]` unit rows of the names in the preset's own texts; null where it takes the project's. */
  readonly inOwnTexts: Float32Array | null;
  /** What is live now; null while nothing is. */
  readonly live: {
    readonly versionFile: string;
    readonly prompts: PromptedClasses;
    readonly hasTemporal: boolean;
    readonly seenVideoIds: readonly number[];
  } | null;
  readonly liveBoundaries: { readonly versionFile: string; readonly seenVideoIds: readonly number[] } | null;
  /** Where the versions are to be written. */
  readonly versionFile: string;
  readonly boundaryFile: string;
}

/** What the thread can be asked. */
export interface TuningCalls {
  tune: { input: TuningRequest; output: TuningOutcome };
  examine: { input: CorrectedProject; output: Examination | null };
}

export interface TuningProgress {
  /** 0 to 1. */
  readonly done: number;
  /** Absent while nothing is trained. */
  readonly figures?: TuningFigures;
  /** What is learned on, once that was found out. */
  readonly provider?: ProviderReport;
}
