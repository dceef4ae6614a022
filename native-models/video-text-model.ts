import type { TextReading } from './image-text-model.ts';
import type { ImagePreprocessing } from './image/image-preprocessing.ts';
import type { ProviderReport } from './runtime/providers.ts';
import type { XClipParts } from './xclip/xclip-parts.ts';

/** Clips whose pictures have been looked at: all that scoring needs, a few hundred kilobytes each. */
export interface EncodedClips {
  readonly count: number;
  /** `[count, T, D]`: one feature a frame. */
  readonly frames: Float32Array;
  /** `[count, P, D]`: what class texts look at before they score. */
  readonly context: Float32Array;
}

/**
 * A pretrained model that scores clips of a fixed number of frames against class names. Unlike an image-text model it
 * has no feature of a single frame, and its class texts look at the clip first, so features of the two never compare.
 * Pictures, names and scores are three graphs, each loaded when first used. Calls compute on the calling thread.
 */
export interface VideoTextModel extends AsyncDisposable {
  /** The folder's name. */
  readonly name: string;
  readonly kind: 'xclip';
  /** SHA-256 over configuration, weights and, where there is one, the tuning on top of them. */
  readonly hash: string;
  /** The same over what encoded clips depend on: tuning that leaves the picture encoder alone does not change it. */
  readonly clipHash: string;
  /** T: clips have exactly this many frames. */
  readonly frameCount: number;
  /** P, rows of the context. */
  readonly contextRows: number;
  /** D. */
  readonly dim: number;
  /** What cosines are multiplied with before a softmax: e to the stored `logit_scale`. */
  readonly logitScale: number;
  readonly preprocessing: ImagePreprocessing;
  /** How the execution provider was chosen: the picture encoder's. */
  readonly provider: ProviderReport;
  readonly parts: XClipParts;
  /** Loads the picture encoder now, provider trials included. */
  warmUp(): Promise<ProviderReport>;
  /** Preprocessed pixels `[clips, T, 3, H, W]` → encoded clips, a few at a time. Fails with 'bad-input' for another T. */
  encodeClips(pixels: Float32Array, clips: number): Promise<EncodedClips>;
  /** Class names as they are, without templates → `[K, D]`, not normalised. A name that is too long is cut. */
  encodeNames(names: readonly string[]): Promise<Float32Array>;
  /** How the model reads a name. Fails with 'unreadable-model' where the folder has no tokenizer. */
  readName(name: string): TextReading;
  /** Encoded clips and encoded names `[K, D]` → logits `[count, K]`: the scale times the cosines. */
  score(clips: EncodedClips, names: Float32Array): Promise<Float32Array>;
}
