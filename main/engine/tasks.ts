import type { ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { ScorerTuning } from '#main/pipeline/tune-scorer/tune-scorer.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import type { ProjectSettings, ScorerMode } from '#preload/domain/settings.ts';
import type { Span } from '#preload/domain/span.ts';
import type { ExecutionProvider, ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { VideoFacts } from '#preload/domain/video.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import type { TaughtChoice } from './localising/taught-choice.ts';
import type { TuningOutcome } from './training/tuning-request.ts';

/** A media file with the frame table that its import made (`FrameTable.toArray()`, `[N + 1]` microseconds). */
export interface IndexedMedia {
  readonly path: string;
  readonly checksum: string;
  readonly frames: Float64Array;
}

export interface ModelChoice {
  readonly folder: string;
  readonly provider: 'auto' | ExecutionProvider;
}

/** A model that scores clips, and the file of tensors that tuning changed in it, if there is one. */
export interface ScorerModel extends ModelChoice {
  readonly tunedFile: string | null;
}

/** A scorer instead of frame features (`xclip`) or beside them (`fused`). */
export interface ScorerChoice {
  readonly mode: Exclude<ScorerMode, 'clip'>;
  readonly model: ScorerModel;
}

/** What tuning a scorer came to. */
export type TunedScorer = Omit<ScorerTuning, 'tensors'>;

/** A class as the localiser sees it. */
export interface PromptedClass {
  readonly classId: number;
  readonly prompt: string;
}

export interface LocalisedSegment {
  readonly classId: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly score: number;
  readonly ranking: readonly { readonly classId: number; readonly probability: number }[];
}

export interface VideoCurves {
  readonly timesUs: Float64Array;
  readonly actionness: Float32Array;
  readonly novelty: Float32Array;
  readonly perClass: readonly { readonly classId: number; readonly probability: Float32Array }[];
}

export type LocalisationSettings = Pick<ProjectSettings, 'samplingFps' | 'templates' | 'backgroundTexts'>;

/**
 * What the engine process can be asked, name by name. Inputs and outputs are structured-cloneable.
 * Every task takes an abort signal and reports progress; each rejects with a `Failure`.
 */
export interface EngineTasks {
  /** Checksum and frame table of a file. */
  index: {
    input: { readonly path: string };
    output: { readonly checksum: string; readonly facts: VideoFacts; readonly frames: Float64Array };
  };
  thumbnail: {
    input: { readonly media: IndexedMedia; readonly atUs: number; readonly width: number };
    output: { readonly mime: string; readonly bytes: Uint8Array };
  };
  /** PNG bytes of exact frames, upright with square pixels. */
  frames: {
    input: { readonly media: IndexedMedia; readonly indices: readonly number[] };
    output: { readonly pngs: readonly { readonly index: number; readonly bytes: Uint8Array }[] };
  };
  waveform: {
    /** The buckets share the time from 0 to `endUs`. */
    input: { readonly path: string; readonly endUs: number; readonly buckets: number };
    /** `[buckets, 2]` minimum and maximum; null without audio. */
    output: Float32Array | null;
  };
  proxy: {
    input: { readonly media: IndexedMedia; readonly outPath: string };
    output: { readonly warnings: readonly string[] };
  };
  /** Frame features into the store folder; done at once when they are there, resumed where an earlier run stopped. */
  embed: {
    input: {
      readonly media: IndexedMedia;
      readonly model: ModelChoice;
      readonly samplingFps: number;
      readonly featuresFolder: string;
    };
    output: {
      /** File stem inside the folder: `<key>.npy`, `<key>.times.npy`. */
      readonly key: string;
      readonly rows: number;
      readonly resumedFromRow: number;
      readonly damagedPackets: number;
      readonly provider: ProviderReport;
    };
  };
  /** Whether complete features are stored, and under which key, without loading the model's weights. */
  featureKey: {
    input: {
      readonly checksum: string;
      readonly model: ModelChoice;
      readonly samplingFps: number;
      readonly featuresFolder: string;
    };
    output: { readonly key: string; readonly complete: boolean };
  };
  embedTexts: {
    input: { readonly model: ModelChoice; readonly texts: readonly string[] };
    /** `[K, D]`, rows L2-normalised. */
    output: { readonly embeddings: Float32Array; readonly dim: number; readonly warnings: readonly string[] };
  };
  /** Both stages of localisation from stored features; spans already on frame boundaries. */
  localise: {
    input: {
      readonly media: IndexedMedia;
      readonly model: ModelChoice;
      readonly featuresFolder: string;
      readonly classes: readonly PromptedClass[];
      readonly settings: LocalisationSettings;
      /** None: frame features alone. Otherwise `encodeClips` of the same input comes first. */
      readonly scorer?: ScorerChoice | null;
      /** What corrections have taught; nothing where it is left out. */
      readonly taught?: TaughtChoice | null;
    };
    output: { readonly segments: readonly LocalisedSegment[]; readonly warnings: readonly string[] };
  };
  /** Encodes the clips of the proposals that `localise` of the same input scores, where the store lacks them. */
  encodeClips: {
    input: EngineTasks['localise']['input'] & { readonly scorer: ScorerChoice };
    output: {
      readonly clips: number;
      /** How many of them were not there yet. */
      readonly encoded: number;
      readonly damagedPackets: number;
      readonly provider: ProviderReport;
    };
  };
  /** The most likely classes of a stretch, or of the whole video. */
  recognise: {
    input: EngineTasks['localise']['input'] & { readonly span: Span | null; readonly top: number };
    output: {
      readonly ranking: readonly { readonly classId: number; readonly probability: number }[];
      readonly warnings: readonly string[];
    };
  };
  /** Fine-tunes a scorer of clips from shots and holds it against shots that it has not seen; can be gone on with. */
  tuneScorer: {
    input: {
      readonly videos: readonly { readonly videoId: number; readonly media: IndexedMedia }[];
      readonly shots: readonly Shot[];
      readonly classes: readonly PromptedClass[];
      readonly backgroundTexts: readonly string[];
      /** What is live now; training starts from the model as published. */
      readonly scorer: ScorerModel;
      readonly preset: ScorerPreset['id'];
      readonly featuresFolder: string;
      /** For what an interrupted tuning needs to go on; it is removed at the end. */
      readonly workFolder: string;
      /** Where the tuned tensors are written, whether or not they may go live. */
      readonly outFile: string;
      /** Longer than this is refused, with an estimate, before it begins. */
      readonly longestSeconds: number;
    };
    output: TunedScorer;
  };
  curves: {
    input: EngineTasks['localise']['input'];
    output: VideoCurves | null;
  };
  search: {
    input: {
      readonly text: string;
      readonly videos: readonly { readonly videoId: number; readonly media: IndexedMedia }[];
      readonly model: ModelChoice;
      readonly featuresFolder: string;
      readonly settings: LocalisationSettings;
      readonly top: number;
      /** The live tuned version, through whose prompts the text is read. */
      readonly versionFile?: string | null;
      /** None: frame features alone. Otherwise the clips that were encoded for proposals are searched. */
      readonly scorer?: ScorerChoice | null;
    };
    output: {
      /** Best first. */
      readonly moments: readonly {
        readonly videoId: number;
        readonly startUs: number;
        readonly endUs: number;
        readonly peakUs: number;
        readonly score: number;
      }[];
      readonly warnings: readonly string[];
    };
  };
  /** Tunes on corrections and writes a version; cancelled or failed, it leaves nothing. */
  tune: {
    input: Omit<EngineTasks['localise']['input'], 'media' | 'scorer' | 'taught'> & {
      readonly taught: TaughtChoice;
      readonly preset: TuningPreset['id'];
      readonly seed: number;
      readonly versionFile: string;
    };
    output: TuningOutcome & {
      readonly modelHash: string;
      readonly shots: readonly { readonly classId: number; readonly count: number }[];
      readonly backgroundShots: number;
      readonly videoCount: number;
      readonly warnings: readonly string[];
    };
  };
  /** Looks at a checkpoint folder: loads its configuration and checks that its tensors are there and whole. */
  describeModel: {
    input: { readonly folder: string };
    output: Omit<ModelEntry, 'problem'>;
  };
  checkModel: {
    input: { readonly folder: string; readonly provider: 'auto' | ExecutionProvider };
    output: {
      readonly model: string;
      readonly tensors: Readonly<Record<string, number>>;
      readonly passed: boolean;
      readonly provider: ProviderReport;
      readonly temporal: ModelEntry['temporal'];
    };
  };
}

export type EngineTaskName = keyof EngineTasks;

/** Where a training is. */
export interface TuningFigures {
  /** "held-out 1 of 5", "run 2 of 3". */
  readonly run: string;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

export interface TaskProgress {
  /** 0 to 1. */
  readonly done: number;
  readonly step: string;
  /** What `tune` has to show beside it. */
  readonly figures?: TuningFigures;
}

export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
}

/** The engine as main sees it, whatever process it runs in. */
export interface Engine extends AsyncDisposable {
  run<Name extends EngineTaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    options?: TaskOptions,
  ): Promise<EngineTasks[Name]['output']>;
}
