import { reshape, slice } from '../graph/arrange.ts';
import type { Tensor } from '../graph/tensor.ts';
import { add } from '../graph/elementwise.ts';
import { layerNorm } from '../graph/reduce.ts';
import type { Activation } from './activation.ts';
import {
  apply,
  attend,
  attention,
  splitHeads,
  type AttentionMask,
  type AttentionWeights,
  type LinearWeights,
} from './attention.ts';
import { meanKeys, mergeTokens, proportional, type Merging, type Tokens } from './token-merging.ts';

export interface NormWeights {
  readonly gain: Tensor;
  readonly bias: Tensor;
}

export interface FeedForwardWeights {
  readonly widen: LinearWeights;
  readonly narrow: LinearWeights;
}

/** One pre-norm transformer block; its tensors may be frozen weights or trainable parameters alike. */
export interface BlockWeights {
  readonly norm1: NormWeights;
  readonly attention: AttentionWeights;
  readonly norm2: NormWeights;
  readonly feedForward: FeedForwardWeights;
}

export interface BlockShape {
  readonly heads: number;
  readonly activation: Activation;
  /** ε of the layer norms. */
  readonly epsilon: number;
}

/** Layer norm of rows, `[…, D]` → `[…, D]`. */
export const norm = (x: Tensor, { gain, bias }: NormWeights, epsilon: number): Tensor =>
  layerNorm(x, gain, bias, epsilon);

/** Two maps with an activation between them, row by row: `[…, D]` → `[…, D]`. */
export const feedForward = (x: Tensor, weights: FeedForwardWeights, activation: Activation): Tensor =>
  apply(weights.narrow, activation(apply(weights.widen, x)));

/** x `[B, L, D]` → x + Attention(LN₁ x), then + FFN(LN₂ x) (the pre-norm order of GPT-2 and CLIP). */
export function transformerBlock(
  x: Tensor,
  weights: BlockWeights,
  shape: BlockShape,
  mask: AttentionMask = null,
): Tensor {
  const normed = norm(x, weights.norm1, shape.epsilon);
  const attended = add(x, attention(normed, normed, weights.attention, shape.heads, mask));
  return add(
    attended,
    feedForward(norm(attended, weights.norm2, shape.epsilon), weights.feedForward, shape.activation),
  );
}

/** `transformerBlock` over tokens that may stand for several patches each, some of which are merged before its second part. */
export function mergingBlock(
  { rows, sizes }: Tokens,
  weights: BlockWeights,
  { heads, activation, epsilon }: BlockShape,
  merging: Merging,
): Tokens {
  const { query, key, value, out } = weights.attention;
  const normed = norm(rows, weights.norm1, epsilon);
  const keys = apply(key, normed);
  const [asked, known, told] = [apply(query, normed), keys, apply(value, normed)].map((x) => splitHeads(x, heads));
  const attended = add(rows, apply(out, attend(asked!, known!, told!, proportional(sizes))));
  const { tokens } = mergeTokens({ rows: attended, sizes }, meanKeys(keys, heads), merging);
  const widened = norm(tokens.rows, weights.norm2, epsilon);
  return { ...tokens, rows: add(tokens.rows, feedForward(widened, weights.feedForward, activation)) };
}

/**
 * The first row of `mergingBlock`, `[B, W]`, at a fraction of its cost: what a model whose features are its class token
 * needs of its last block.
 */
export function firstRowOfBlock({ rows: x, sizes }: Tokens, weights: BlockWeights, shape: BlockShape): Tensor {
  const first = (rows: Tensor): Tensor => slice(rows, 1, 0, 1);
  const normed = norm(x, weights.norm1, shape.epsilon);
  const attended = add(first(x), attention(first(normed), normed, weights.attention, shape.heads, proportional(sizes)));
  const row = add(
    attended,
    feedForward(norm(attended, weights.norm2, shape.epsilon), weights.feedForward, shape.activation),
  );
  return reshape(row, [x.shape[0]!, x.shape[2]!]);
}
