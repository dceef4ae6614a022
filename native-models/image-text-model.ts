import type { DualEncoder } from './dual-encoder/dual-encoder.ts';
import type { PretrainedModel, TextReading } from './pretrained-model.ts';
import type { ProviderReport } from './runtime/providers.ts';

/**
 * A pretrained model that puts pictures and texts into one space, where the cosine tells how well they fit. Its two
 * encoders are loaded when first used, separately. Calls compute on the calling thread; make them one after another.
 * `provider` is the text encoder's while the image encoder has not run; `encodeImages` does without `temporal`.
 */
export interface ImageTextModel extends PretrainedModel {
  /** The most tokens a text may have, its start and end tokens included. */
  readonly contextLength: number;
  /** The encoders themselves, for building other graphs (prompt tuning); null for ready-made exports. */
  readonly encoder: DualEncoder | null;
  /** Loads one encoder now, provider trials included, and tells how its provider was chosen. */
  warmUp(encoder: 'images' | 'texts'): Promise<ProviderReport>;
  /** Preprocessed pixels `[B, 3, H, W]` → features `[B, D]`, each of length 1. */
  encodeImages(pixels: Float32Array, batch: number): Promise<Float32Array>;
  /** Texts → features `[K, D]`, each of length 1. A text that is too long is cut; `readText` tells. */
  encodeTexts(texts: readonly string[]): Promise<Float32Array>;
  /** How the model reads a text. Fails with 'unreadable-model' where the folder has no tokenizer. */
  readText(text: string): TextReading;
}
