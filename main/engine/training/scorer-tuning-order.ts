import type { ClipKey } from '#main/pipeline/score-clips/clip-store.ts';
import type { FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import type { ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import type { ExecutionProvider } from '#preload/domain/model.ts';
import type { TunedScorer } from '../vocabulary.ts';

/** One shot and where its clip lies: among the encoded ones, or as pixels `[T, 3·H·W]` in an .npy file of its own. */
export interface ShotClip {
  readonly shot: Shot;
  readonly clip:
    | { readonly kind: 'encoded'; readonly key: ClipKey; readonly range: FrameRange }
    | { readonly kind: 'pixels'; readonly file: string };
  /** `[K + M]` of what is live now; null where that is the model as published. */
  readonly currentLogits: Float32Array | null;
}

/** All that the tuning thread needs: everything else is on the disk. */
export interface ScorerTuningOrder {
  readonly folder: string;
  readonly provider: ExecutionProvider;
  readonly preset: ScorerPreset['id'];
  readonly classIds: readonly number[];
  /** `[K + M, D]`. */
  readonly names: Float32Array;
  readonly shots: readonly ShotClip[];
  /** The tensors of what is live, which say what it was trained on; null where that is the model as published. */
  readonly liveFile: string | null;
  readonly featuresFolder: string;
  readonly progressFolder: string;
  readonly outFile: string;
  readonly longestSeconds: number;
}

/** What the thread that tunes scorers can be asked. */
export interface ScorerTuningCalls {
  tune: { input: ScorerTuningOrder; output: TunedScorer };
}
