import type { ModelOptions, PretrainedModel, TextReading } from './pretrained-model.ts';
import type { ProviderReport } from './runtime/providers.ts';
import type { XClipParts } from './xclip/xclip-parts.ts';

export interface VideoModelOptions extends ModelOptions {
  /** A file of tensors that tuning changed, to be used in place of the folder's own. */
  readonly tunedFile?: string;
}

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
export interface VideoTextModel extends PretrainedModel {
  /** `hash`, but over what encoded clips depend on: tuning that leaves the picture encoder alone does not change it. */
  readonly clipHash: string;
  /** T: clips have exactly this many frames. */
  readonly frameCount: number;
  /** P, rows of the context. */
  readonly contextRows: number;
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
