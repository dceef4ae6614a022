import { sameDim, showDim } from './dimension.ts';
import { broadcastShape } from './elementwise.ts';
import { node, refuse, type Tensor } from './tensor.ts';

/** Matrix product of the last two axes, `[…, m, k] × […, k, n] → […, m, n]`; the axes before broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length < 2 || b.shape.length < 2) refuse('matmul', 'both sides need two axes or more', a, b);
  const [m, k] = a.shape.slice(-2);
  const [inner, n] = b.shape.slice(-2);
  if (!sameDim(k!, inner!)) refuse('matmul', `inner axes ${showDim(k!)} and ${showDim(inner!)} differ`, a, b);
  const batch = broadcastShape('matmul', { ...a, shape: a.shape.slice(0, -2) }, { ...b, shape: b.shape.slice(0, -2) });
  return node({ kind: 'matmul' }, [a, b], [...batch, m!, n!]);
}

/** `y = x Wᵀ + b`: x `[…, in]`, W `[out, in]` as checkpoints store it, b `[out]` → `[…, out]`. */
export function linear(x: Tensor, weights: Tensor, bias: Tensor | null = null): Tensor {
  const [out, width] = weights.shape;
  if (weights.shape.length !== 2 || x.shape.length < 1)
    refuse('linear', 'weights are [out, in], x is […, in]', x, weights);
  if (!sameDim(x.shape.at(-1)!, width!))
    refuse('linear', 'the last axis of x is not the width of the weights', x, weights);
  if (bias !== null && !(bias.shape.length === 1 && sameDim(bias.shape[0]!, out!))) {
    refuse('linear', 'the bias is not [out]', weights, bias);
  }
  return node({ kind: 'linear' }, bias === null ? [x, weights] : [x, weights, bias], [...x.shape.slice(0, -1), out!]);
}
