import { constant, type Tensor } from '../graph/tensor.ts';
import { add, mul } from '../graph/elementwise.ts';
import { reshape, transpose, transposeLast } from '../graph/arrange.ts';
import { linear, matmul } from '../graph/linear-algebra.ts';
import { softmax } from '../graph/reduce.ts';

/** `y = x Wᵀ + b`, W `[out, in]`. */
export interface LinearWeights {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
}

export interface AttentionWeights {
  readonly query: LinearWeights;
  readonly key: LinearWeights;
  readonly value: LinearWeights;
  readonly out: LinearWeights;
}

/** What may look at what: added to the attention scores before the softmax; broadcasts to `[B, heads, Lq, Lk]`. */
export type AttentionMask = Tensor | null;

/** `[…, in]` → `[…, out]`. */
export const apply = ({ weight, bias }: LinearWeights, x: Tensor): Tensor => linear(x, weight, bias);

/** `[B, L, D]` → `[B, heads, L, D / heads]`. */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch, length, width] = x.shape;
  return transpose(reshape(x, [batch!, length!, heads, (width as number) / heads]), [0, 2, 1, 3]);
}

/** `[B, heads, L, d]` → `[B, L, heads · d]`. */
export function mergeHeads(x: Tensor): Tensor {
  const [batch, heads, length, width] = x.shape;
  return reshape(transpose(x, [0, 2, 1, 3]), [batch!, length!, (heads as number) * (width as number)]);
}

/**
 * Multi-head scaled dot-product attention (Vaswani et al. 2017, s.3.2): queries from `x` `[B, Lq, D]`, keys and values
 * from `source` `[B, Lk, D]`; → `[B, Lq, D]`. Self-attention is `source = x`.
 */
export function attention(
  x: Tensor,
  source: Tensor,
  weights: AttentionWeights,
  heads: number,
  mask: AttentionMask = null,
): Tensor {
  const [query, key, value] = [apply(weights.query, x), apply(weights.key, source), apply(weights.value, source)];
  return apply(weights.out, attend(splitHeads(query, heads), splitHeads(key, heads), splitHeads(value, heads), mask));
}

/** What heads see: queries `[B, heads, Lq, d]`, keys and values `[B, heads, Lk, d]` → `[B, Lq, heads · d]`. */
export function attend(query: Tensor, key: Tensor, value: Tensor, mask: AttentionMask = null): Tensor {
  const scores = matmul(mul(query, (query.shape.at(-1) as number) ** -0.5), transposeLast(key));
  return mergeHeads(matmul(softmax(mask === null ? scores : add(scores, mask)), value));
}

/** Stands for −∞ in masks: finite, since not every GPU keeps infinities, and far below any score. */
export const maskedOut = -1e9;

/** `[length, length]`: position i sees positions 0..i. */
export function causalMask(length: number): Tensor {
  const mask = Float32Array.from({ length: length * length }, (_, at) =>
    at % length > Math.floor(at / length) ? maskedOut : 0,
  );
  return constant(mask, [length, length]);
}
