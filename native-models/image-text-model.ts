import type { ClipParts } from './clip/clip-parts.ts';
import type { ImagePreprocessing } from './image/image-preprocessing.ts';
import type { ProviderOptions, ProviderReport } from './runtime/providers.ts';
import type { TemporalModuleFacts } from './temporal/temporal-module-file.ts';

export interface ModelOptions extends ProviderOptions {
  /** A file in which hashes of weights are kept from one start of the program to the next; it may be deleted at any time. */
  readonly hashCache?: string;
}

/** A text as the model read it. */
export interface TextReading {
  readonly tokens: number;
  /** True where the text is longer than the model reads and its end was left out. */
  readonly truncated: boolean;
}

/**
 * A pretrained model that puts pictures and texts into one space, where the cosine tells how well they fit. Its two
 * encoders are loaded when first used, separately. Calls compute on the calling thread; make them one after another.
 */
export interface ImageTextModel extends AsyncDisposable {
  /** The folder's name. */
  readonly name: string;
  readonly kind: 'clip' | 'onnx-export';
  /** SHA-256 over configuration and weights: part of the key under which features are kept. */
  readonly hash: string;
  /** D, the width of the joint space. */
  readonly dim: number;
  /** What cosines are multiplied with before a softmax: e to the stored `logit_scale`; 100 where none is stored. */
  readonly logitScale: number;
  /** The most tokens a text may have, its start and end tokens included. */
  readonly contextLength: number;
  readonly preprocessing: ImagePreprocessing;
  /** How the execution provider was chosen: the image encoder's once it has run, else the text encoder's. */
  readonly provider: ProviderReport;
  /** The temporal module that its folder brings along; null where there is none. `encodeImages` does without it. */
  readonly temporal: TemporalModuleFacts | null;
  /** The weights, configuration and tokenizer for building other graphs (prompt tuning); null for ready-made exports. */
  readonly parts: ClipParts | null;
  /** Loads one encoder now, provider trials included, and tells how its provider was chosen. */
  warmUp(encoder: 'images' | 'texts'): Promise<ProviderReport>;
  /** Preprocessed pixels `[B, 3, H, W]` → features `[B, D]`, each of length 1. */
  encodeImages(pixels: Float32Array, batch: number): Promise<Float32Array>;
  /** Texts → features `[K, D]`, each of length 1. A text that is too long is cut; `readText` tells. */
  encodeTexts(texts: readonly string[]): Promise<Float32Array>;
  /** How the model reads a text. Fails with 'unreadable-model' where the folder has no tokenizer. */
  readText(text: string): TextReading;
}
