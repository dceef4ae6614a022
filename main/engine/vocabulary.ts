import type { PartsJudgement, PromptUse } from '#main/pipeline/judge/judge-parts.ts';
import type { FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import type { ScorerTuning } from '#main/pipeline/tune-scorer/tune-scorer.ts';
import type { Correction, ReviewedVideo } from '#main/pipeline/tune/training-shots.ts';
import type { Computing } from '#preload/domain/inference-server.ts';
import type { ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { FeatureNumbers, Framing, ProjectSettings, ScorerMode } from '#preload/domain/settings.ts';
import type { Span } from '#preload/domain/span.ts';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import type { Saying, Told } from '#preload/domain/saying.ts';

// The words in which the engine's layers, and whoever asks the engine, speak of their work.

/** A media file with the frame table that its import made (`FrameTable.toArray()`; only `FrameTable.fromArray` reads it). */
export interface IndexedMedia {
  readonly path: string;
  readonly checksum: string;
  readonly frames: Float64Array;
}

/** What whoever computed features says of them: of which video and model, and the SHA-256 of both files. */
export interface SaidOfFeatures {
  readonly checksum: string;
  readonly model: string;
  readonly featuresSum: string;
  readonly timesSum: string;
}

export interface ModelChoice {
  readonly folder: string;
  readonly provider: Computing;
  /** What its frame features are of; the middle of pictures where it is left out. */
  readonly framing?: Framing;
  /** Whether frames that hardly differ from the one before share its features; each has its own where it is left out. */
  readonly shareStill?: boolean;
  /** In which numbers its frame features are kept; float32 where it is left out. */
  readonly numbers?: FeatureNumbers;
  /** Frames per run, where a trial found which is best. */
  readonly batch?: number;
}

/** A model that scores clips, and the file of tensors that tuning changed in it, if there is one. */
export interface ScorerModel extends ModelChoice {
  readonly tunedFile: string | null;
}

/** A scorer instead of frame features (`xclip`) or beside them (`fused`). */
export interface ScorerChoice {
  readonly mode: Exclude<ScorerMode, 'clip'>;
  readonly model: ScorerModel;
  /** Where how far a fused scorer is trusted is learned; nowhere where it was tuned on them. */
  readonly corrected?: readonly CorrectedClip[];
}

/** An accepted segment, also in frames. */
export interface CorrectedClip extends Span, FrameRange {
  readonly videoId: number;
  readonly checksum: string;
}

/** What tuning a scorer came to. */
export interface TunedScorer extends Omit<ScorerTuning, 'tensors'> {
  /** Why the processor learned in place of a device that stopped working; null where none did. */
  readonly left: Saying | null;
}

/** A class as the localiser sees it. */
export interface PromptedClass {
  readonly classId: number;
  readonly prompt: string;
  /** Further texts: what is compared is their mean. Left out where there are none. */
  readonly morePrompts?: readonly string[];
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
}

/** Which curves are drawn: of which classes, over which time, in how many points at most. */
export interface CurveView extends Span {
  readonly classIds: readonly number[];
  readonly points: number;
}

/** Curves `[P]` at `timesUs` `[P]`, of those of the asked classes that there are. */
export interface ClassCurves {
  readonly timesUs: Float64Array;
  readonly perClass: readonly { readonly classId: number; readonly probability: Float32Array }[];
}

export type LocalisationSettings = Pick<ProjectSettings, 'samplingFps' | 'templates' | 'backgroundTexts'>;

/** A video of the project as far as its stored features go: no file is opened for it. */
export interface TaughtVideo {
  readonly videoId: number;
  readonly name: string;
  readonly checksum: string;
  readonly endUs: number;
}

/** What a project's videos and corrections teach, as localisation uses it. */
export interface TaughtChoice {
  /** File of the version of prompts that is live; null while none is. */
  readonly versionFile: string | null;
  /** The same for the boundary head. */
  readonly boundaryFile: string | null;
  /** The same for what corrections of another project taught. */
  readonly lessonFile?: string | null;
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
  /** All of the project's, in the order in which they were added: those without a correction show what there is. */
  readonly videos: readonly TaughtVideo[];
}

/** Videos whose features are stored, and what is asked about them. */
export interface LocalisationInput {
  readonly media: IndexedMedia;
  readonly model: ModelChoice;
  readonly featuresFolder: string;
  readonly classes: readonly PromptedClass[];
  readonly settings: LocalisationSettings;
  /** None: frame features alone. Otherwise `encodeClips` of the same input comes first. */
  readonly scorer?: ScorerChoice | null;
  /** What corrections have taught; nothing where it is left out. */
  readonly taught?: TaughtChoice | null;
}

/** A picture from anywhere: packed RGB, `[height, width, 3]`. */
export interface GivenPicture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What is searched for: a text, moments like a stretch of one of the videos, or like a picture. */
export type SearchQuestion =
  | { readonly text: string }
  | { readonly like: Span & { readonly videoId: number } }
  | { readonly picture: GivenPicture };

export interface SearchInput {
  readonly question: SearchQuestion;
  readonly videos: readonly TaughtVideo[];
  readonly model: ModelChoice;
  readonly featuresFolder: string;
  readonly settings: LocalisationSettings;
  readonly top: number;
  /** The live tuned version, through whose prompts the text is read. */
  readonly versionFile?: string | null;
  /** None: frame features alone. Otherwise a text is searched for among the clips that were encoded for proposals. */
  readonly scorer?: ScorerChoice | null;
  /** Where there is a scorer: the frame tables of the videos, in their order. */
  readonly frameTables?: readonly Float64Array[];
}

export interface SearchOutput {
  /** Best first; their edges lie between samples, or on frames where clips were searched. */
  readonly moments: readonly {
    readonly videoId: number;
    readonly startUs: number;
    readonly endUs: number;
    readonly peakUs: number;
    /**
     * How well it fits: a cosine, or the probability that the text is true of it, where the model was trained to tell
     * that of each text by itself.
     */
    readonly score: number;
  }[];
  readonly warnings: readonly Saying[];
}

/** A model held against the reference tensors in its folder. */
export interface CheckedModel {
  readonly model: string;
  readonly tensors: Readonly<Record<string, number>>;
  readonly passed: boolean;
  readonly provider: ProviderReport;
  readonly temporal: ModelEntry['temporal'];
}

/** A trained part as its version tells of it. */
export interface TrainedPart {
  /** It does better beyond noise on what it has not seen. */
  readonly passed: boolean;
  readonly reason: Saying;
}

/** What teaching came to, part by part. */
export interface TuningOutcome {
  readonly judgement: PartsJudgement;
  readonly prompts: TrainedPart & {
    readonly use: { readonly prompts: PromptUse; readonly temporal: boolean };
    /** Whether a temporal module was trained. */
    readonly temporal: boolean;
  };
  /** Null where no head was trained; `boundaryObstacle` says why. */
  readonly boundaries: TrainedPart | null;
  readonly boundaryObstacle: Saying | null;
  /** Classes whose names were too long for the context and lost their ends. */
  readonly shortened: readonly number[];
  /** Why the processor learned in place of a device that stopped working; null where none did. */
  readonly left: Saying | null;
}

/** Where a training is. */
export interface TuningFigures {
  readonly run: TrainingRun;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

export interface TaskProgress {
  /** 0 to 1. */
  readonly done: number;
  readonly step: Told;
  /** What `tune` has to show beside it. */
  readonly figures?: TuningFigures;
}

/** How a task that runs is stopped, and how it tells where it is. */
export interface TaskControl {
  /** Aborted with a `cancelled` failure as its reason, so `signal.throwIfAborted()` throws the right thing. */
  readonly signal: AbortSignal;
  /** Tells how far the task is; calls in quick succession are thinned out. */
  readonly report: (progress: TaskProgress) => void;
}
