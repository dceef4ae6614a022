import { reshape, slice } from '../graph/arrange.ts';
import type { Tensor } from '../graph/tensor.ts';
import { add } from '../graph/elementwise.ts';
import { layerNorm } from '../graph/reduce.ts';
import type { Activation } from './activation.ts';
import { apply, attention, type AttentionMask, type AttentionWeights, type LinearWeights } from './attention.ts';

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

/** The first row of `transformerBlock`, `[B, W]`, at a fraction of its cost: what a model whose features are its class token needs of its last block. */
export function firstRowOfBlock(x: Tensor, weights: BlockWeights, shape: BlockShape): Tensor {
  const first = (rows: Tensor): Tensor => slice(rows, 1, 0, 1);
  const normed = norm(x, weights.norm1, shape.epsilon);
  const attended = add(first(x), attention(first(normed), normed, weights.attention, shape.heads));
  const row = add(
    attended,
    feedForward(norm(attended, weights.norm2, shape.epsilon), weights.feedForward, shape.activation),
  );
  return reshape(row, [x.shape[0]!, x.shape[2]!]);
}
