import type { LargestSize } from '#main/media/frame-source.ts';
import type { FrameSpan } from '#main/media/copy-clip.ts';
import type { CutReport } from '#main/media/cut-clip.ts';
import type { EnvelopeMatch } from '#main/pipeline/align/match-envelopes.ts';
import type { FeaturesPacking } from '#main/pipeline/feature-store/pack-features.ts';
import type { Examination } from '#main/pipeline/judge/examine.ts';
import type { ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import type { RecordingToRead } from '#main/series/read-recording.ts';
import type { RecordingFacts, TableLook } from '#preload/contract/recordings.ts';
import type { PlanReport } from '#preload/domain/compute-plan.ts';
import type { Computing } from '#preload/domain/inference-server.ts';
import type { ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { RecordingReading } from '#preload/domain/recording.ts';
import type { Saying } from '#preload/domain/saying.ts';
import type { Span } from '#preload/domain/span.ts';
import type { VideoFacts, ReadingChoice } from '#preload/domain/video-facts.ts';
import type {
  CheckedModel,
  ClassCurves,
  CurveView,
  IndexedMedia,
  LocalisationInput,
  LocalisedSegment,
  ModelChoice,
  PromptedClass,
  SaidOfFeatures,
  ScorerChoice,
  ScorerModel,
  SearchInput,
  SearchOutput,
  TaskProgress,
  TaughtChoice,
  TunedScorer,
  TuningOutcome,
  VideoCurves,
} from './vocabulary.ts';

/**
 * What the engine process can be asked, name by name. Inputs and outputs are structured-cloneable.
 * Every task takes an abort signal and reports progress; each rejects with a `Failure`.
 */
export interface EngineTasks {
  /** Checksum and frame table of a file. */
  index: {
    input: { readonly path: string; readonly reading?: ReadingChoice | undefined };
    output: { readonly checksum: string; readonly facts: VideoFacts; readonly frames: Float64Array };
  };
  thumbnail: {
    input: { readonly media: IndexedMedia; readonly atUs: number; readonly width: number };
    output: { readonly mime: string; readonly bytes: Uint8Array };
  };
  /** A span as one picture: `stripPictures` of its frames, side by side. */
  clipStrip: {
    input: { readonly media: IndexedMedia; readonly span: Span; readonly width: number };
    output: { readonly mime: string; readonly bytes: Uint8Array };
  };
  /** PNG bytes of exact frames, upright with square pixels. */
  frames: {
    input: { readonly media: IndexedMedia; readonly indices: readonly number[] };
    output: { readonly pngs: readonly { readonly index: number; readonly bytes: Uint8Array }[] };
  };
  waveform: {
    /** The buckets share the time from 0 to the end of the last frame. */
    input: { readonly media: IndexedMedia; readonly buckets: number };
    /** `[buckets, 2]` minimum and maximum; null without audio. */
    output: Float32Array | null;
  };
  /** What a table of a sensor holds by its first rows; see `lookAtTable`. */
  lookAtTable: {
    input: { readonly path: string; readonly reading: RecordingReading | null; readonly videoUs: number };
    output: TableLook;
  };
  /** Reads columns of a table into files of values; see `readRecording`. */
  readRecording: {
    input: RecordingToRead;
    output: RecordingFacts;
  };
  /** When the frame begins that cuts to another shot within a span; see `findCut`. */
  findCut: {
    input: { readonly media: IndexedMedia; readonly span: Span };
    output: number | null;
  };
  /** At which offset two recordings of one scene sound alike; see `matchEnvelopes`. */
  alignSound: {
    input: { readonly first: IndexedMedia; readonly second: IndexedMedia };
    output:
      | ({ readonly kind: 'match' } & EnvelopeMatch)
      | { readonly kind: 'unclear' }
      | { readonly kind: 'silent'; readonly which: 'first' | 'second' };
  };
  /** `[columns, bands]` of one tile; see `readSpectrogram`. */
  spectrogram: {
    input: { readonly media: IndexedMedia; readonly level: number; readonly tile: number };
    output: Uint8Array | null;
  };
  proxy: {
    input: { readonly media: IndexedMedia; readonly outPath: string };
    output: { readonly warnings: readonly Saying[] };
  };
  /** A stretch of a film as an MP4 of its own, on frame boundaries; see `cutClip`. */
  cutClip: {
    input: {
      readonly media: IndexedMedia;
      readonly span: FrameSpan;
      readonly outPath: string;
      readonly mayCopy: boolean;
      readonly size: LargestSize;
    };
    output: CutReport & { readonly bytes: number; readonly sha256: string };
  };
  /** Every frame of a stretch as a picture in a folder, `img_00001` and on. */
  writePictures: {
    input: {
      readonly media: IndexedMedia;
      readonly span: FrameSpan;
      readonly folder: string;
      readonly kind: 'jpg' | 'png';
      readonly size: LargestSize;
    };
    output: { readonly lostFrames: number; readonly bytes: number };
  };
  /** Complete features of the store as a file that numpy reads; see `packFeatures`. */
  packFeatures: {
    input: {
      readonly checksum: string;
      readonly model: ModelChoice;
      readonly samplingFps: number;
      readonly featuresFolder: string;
      readonly numbers: 'float32' | 'float16';
      readonly outPath: string;
      readonly with: FeaturesPacking;
    };
    output: { readonly bytes: number; readonly sha256: string; readonly shape: readonly [rows: number, dim: number] };
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
      /** How many of those computed now share the features of a frame before. */
      readonly shared: number;
      readonly resumedFromRow: number;
      readonly damagedPackets: number;
      /** What they were computed on; null where they were complete. */
      readonly provider: ProviderReport | null;
      /** Which device stopped working in the middle, why, and what went on in its place; null where none did. */
      readonly stopped: Saying | null;
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
  /**
   * Takes features from `from`, a store that another machine wrote, into the project's. Fails with `bad-input`, saying
   * why, where they are not what was `said` of them or not what would be computed here.
   */
  takeFeatures: {
    input: {
      readonly checksum: string;
      readonly frames: Float64Array;
      readonly model: ModelChoice;
      readonly samplingFps: number;
      readonly from: string;
      readonly said: SaidOfFeatures;
      readonly featuresFolder: string;
    };
    output: void;
  };
  embedTexts: {
    input: { readonly model: ModelChoice; readonly texts: readonly string[] };
    /** `[K, D]`, rows L2-normalised. */
    output: { readonly embeddings: Float32Array; readonly dim: number; readonly warnings: readonly Saying[] };
  };
  /** Both stages of localisation from stored features; spans already on frame boundaries. */
  localise: {
    input: LocalisationInput;
    output: { readonly segments: readonly LocalisedSegment[]; readonly warnings: readonly Saying[] };
  };
  /** Encodes the clips of the proposals that `localise` of the same input scores, where the store lacks them. */
  encodeClips: {
    input: LocalisationInput & { readonly scorer: ScorerChoice };
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
    input: LocalisationInput & { readonly span: Span | null; readonly top: number };
    output: {
      readonly ranking: readonly { readonly classId: number; readonly probability: number }[];
      readonly warnings: readonly Saying[];
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
    input: LocalisationInput;
    output: VideoCurves | null;
  };
  /** How likely each sample shows each class, of a stretch of the video; null while its features are not complete. */
  classCurves: {
    input: LocalisationInput & { readonly view: CurveView };
    output: ClassCurves | null;
  };
  search: {
    input: SearchInput;
    output: SearchOutput;
  };
  /** Tunes on corrections and writes a version; cancelled or failed, it leaves nothing. */
  tune: {
    input: Omit<LocalisationInput, 'media' | 'scorer' | 'taught'> & {
      readonly taught: TaughtChoice;
      readonly preset: TuningPreset['id'];
      readonly seed: number;
      /** Where the prompts, and the boundary head if one is trained, are written. */
      readonly versionFile: string;
      readonly boundaryFile: string;
    };
    output: TuningOutcome & {
      readonly modelHash: string;
      readonly shots: readonly { readonly classId: number; readonly count: number }[];
      readonly backgroundShots: number;
      readonly videoCount: number;
      readonly warnings: readonly Saying[];
    };
  };
  /** Holds corrected videos back in turn and looks what learning without training brings there; null with too few. */
  examine: {
    input: Omit<LocalisationInput, 'media' | 'scorer' | 'taught'> & { readonly taught: TaughtChoice };
    output: { readonly examination: Examination | null; readonly missing: readonly string[] };
  };
  /** Learns what corrections teach, and keeps it in memory: `localise` and `recognise` find it there. */
  learnAhead: {
    input: Omit<LocalisationInput, 'media' | 'scorer' | 'taught'> & { readonly taught: TaughtChoice };
    output: void;
  };
  /** Writes what corrections teach at once for another project. Fails with `nothing-to-do` where they teach nothing. */
  keepLesson: {
    input: Omit<LocalisationInput, 'media' | 'scorer' | 'taught'> & {
      readonly taught: TaughtChoice;
      readonly lessonFile: string;
    };
    output: {
      readonly modelHash: string;
      readonly classes: readonly { readonly prompt: string; readonly shots: number }[];
      readonly backgroundShots: number;
      readonly videoCount: number;
      readonly warnings: readonly Saying[];
    };
  };
  /** Looks at a checkpoint folder: loads its configuration and checks that its tensors are there and whole. */
  describeModel: {
    input: { readonly folder: string };
    /** `hash` tells models apart by content: what is learned means nothing with another. */
    output: Omit<ModelEntry, 'problem' | 'speed'> & { readonly hash: string };
  };
  /** Lets a model look at frames of noise for at most `seconds`, after it was loaded and its provider chosen. */
  timeModel: {
    input: { readonly model: ModelChoice; readonly seconds: number };
    output: { readonly framesPerSecond: number; readonly provider: ProviderReport };
  };
  /** The same of a server, for a person who waits: jobs that wait for it do not stand before it. */
  tryServer: {
    input: { readonly model: ModelChoice; readonly seconds: number };
    output: { readonly framesPerSecond: number; readonly provider: ProviderReport };
  };
  /** Encodes frames of these videos in every way that the machine has, and compares answers and speed. */
  tryPlans: {
    input: {
      readonly model: Pick<ModelChoice, 'folder'>;
      readonly videos: readonly IndexedMedia[];
      readonly prompts: readonly string[];
      /** Also those that merge tokens, which are never the fastest that is told. */
      readonly merging: boolean;
    };
    output: Pick<PlanReport, 'frames' | 'trials' | 'fastest' | 'still'>;
  };
  /** Writes a model's pieces into a model repository, for servers of the Open Inference Protocol. */
  exportModel: {
    input: {
      readonly folder: string;
      readonly name: string;
      readonly precision: 'fp32' | 'fp16';
      readonly out: string;
    };
    output: {
      readonly models: readonly {
        readonly piece: string;
        readonly name: string;
        readonly version: number;
        readonly folder: string;
      }[];
      /** Whether the model scores clips as well, by parts that are not written. */
      readonly leavesOutClips: boolean;
    };
  };
  checkModel: {
    input: { readonly folder: string; readonly provider: Computing };
    output: CheckedModel;
  };
}

export type EngineTaskName = keyof EngineTasks;

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
