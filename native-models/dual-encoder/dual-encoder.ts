import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { TextTowerConfig } from '../clip/text-tower.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { ImagePreprocessing } from '../image/image-preprocessing.ts';
import type { TextTokenizer } from '../text/tokenizer.ts';
import type { PatchBlocks } from '../transformer/token-merging.ts';

/** What an encoder computes; only what is asked for is ever run. */
export interface Encoded {
  /** The hidden states that the reference implementation calls its last: `[B, rows, W]`. */
  readonly lastHidden: Tensor;
  /** `[B, D]`, in the joint space, not normalised. */
  readonly embeds: Tensor;
}

export interface PictureEncoder {
  /** Pictures are squares of this side. */
  readonly imageSize: number;
  readonly channels: number;
  /** The vision transformer that it is, whose blocks can merge tokens; null where it is something else. */
  readonly merges: PatchBlocks | null;
  /** Pixels `[B, 3, H, W]`, already normalised. Each block merges so many tokens, none if it is not said. */
  encode(pixels: Tensor, mergedPerBlock?: number): Encoded;
}

/** How a text encoder takes its texts. */
export interface TextEncoder {
  /** W, the width of token vectors: where learned ones stand. */
  readonly width: number;
  /** The most tokens a text may have, its marks included. */
  readonly contextLength: number;
  /** Whether a mark stands before a text; one always stands after it. */
  readonly beginsWithMark: boolean;
  /** Where learned vectors after a name stand: between it and its end mark, or after both where that is not what is read. */
  readonly suffixStands: 'before end mark' | 'after end mark';
  /** The id that stands after the end of a text. */
  readonly padding: number;
  /**
   * What the padding does. `unseen`: positions look back only, so that nothing after the end of a text has an effect.
   * `masked`: positions look both ways, and are told which tokens are real. `seen`: they look both ways at the whole
   * context, which every text must fill.
   */
  readonly paddingIs: 'unseen' | 'masked' | 'seen';
  /** The position, in a row of ids as long as it is fed, at which the features of a text are read. */
  readAt(ids: ArrayLike<number>): number;
  /** Rows of the token table: ids int64 `[K, L]` → `[K, L, W]`. */
  tokenVectors(ids: Tensor): Tensor;
  /** The token table's numbers, `[vocabulary, W]`. */
  tokenTable(): Float32Array;
  /**
   * Token vectors `[K, L, W]`, however they came about. `readAt` `[K, L]` is 1 where features are read; `real` `[K, L]` is
   * 1 at real tokens, and looked at only where the padding is masked.
   */
  encode(tokens: Tensor, readAt: Tensor, real: Tensor | null): Encoded;
  /** The causal tower in CLIP's form that this is, for which prompts have a faster form; null where it is another. */
  readonly causalTower: { readonly config: TextTowerConfig; readonly checkpoint: Checkpoint } | null;
}

/**
 * Two encoders, of pictures and of texts, into one space: what a family of such models reads its folders into. Weights
 * are unread; the rest (opening, checking, prompt learning) is the same for all.
 */
export interface DualEncoder {
  readonly folder: string;
  /** The family's name, as people read it. */
  readonly kind: string;
  /** The files that make the model what it is. */
  readonly files: readonly string[];
  /** D. */
  readonly dim: number;
  /** What cosines are multiplied with. */
  readonly logitScale: number;
  /**
   * What is then added, in models that were trained to answer yes or no for each text by itself (sigmoid); null in those
   * that were trained to tell texts apart (softmax).
   */
  readonly logitBias: number | null;
  readonly preprocessing: ImagePreprocessing;
  readonly pictures: PictureEncoder;
  readonly texts: TextEncoder;
  /** Null where the folder has no tokenizer files: pictures still work, texts do not. */
  readonly tokenizer: TextTokenizer | null;
}
