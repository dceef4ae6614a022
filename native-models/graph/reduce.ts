import { sameDim } from './dimension.ts';
import { node, refuse, type Tensor } from './tensor.ts';

interface Reduction {
  /** Axes to reduce, negative counted from the end; all axes when absent. */
  readonly axes?: readonly number[];
  /** Keep reduced axes as 1; default false. */
  readonly keepDims?: boolean;
}

function reduction(
  kind: 'reduceSum' | 'reduceMean' | 'reduceMax',
  x: Tensor,
  { axes, keepDims = false }: Reduction,
): Tensor {
  const rank = x.shape.length;
  const chosen = (axes ?? [...x.shape.keys()]).map((axis) => (axis < 0 ? axis + rank : axis)).toSorted((a, b) => a - b);
  if (chosen.some((axis, at) => !(axis >= 0 && axis < rank) || axis === chosen[at - 1])) {
    refuse(kind, `[${axes?.join(', ')}] are not distinct axes`, x);
  }
  if (chosen.length === 0) return x;
  const shape = keepDims
    ? x.shape.map((size, axis) => (chosen.includes(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !chosen.includes(axis));
  return node({ kind, axes: chosen, keepDims }, [x], shape);
}

/** Sum, mean, and largest, over the chosen axes: any shape → the shape without them, or with 1 in their place. */
export const reduceSum = (x: Tensor, how: Reduction = {}): Tensor => reduction('reduceSum', x, how);
export const reduceMean = (x: Tensor, how: Reduction = {}): Tensor => reduction('reduceMean', x, how);
export const reduceMax = (x: Tensor, how: Reduction = {}): Tensor => reduction('reduceMax', x, how);

/** Softmax over the last axis. */
export const softmax = (x: Tensor): Tensor => node({ kind: 'softmax' }, [x], x.shape);
/** Logarithm of the softmax over the last axis. */
export const logSoftmax = (x: Tensor): Tensor => node({ kind: 'logSoftmax' }, [x], x.shape);

/** Layer normalisation over the last axis (Ba et al. 2016): gain · (x − mean) / √(variance + ε) + bias; gain and bias `[D]`. */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  const width = x.shape.at(-1);
  if (width === undefined || [gain, bias].some(({ shape }) => shape.length !== 1 || !sameDim(shape[0]!, width))) {
    refuse('layerNorm', 'gain and bias are as long as the last axis', x, gain, bias);
  }
  return node({ kind: 'layerNorm', epsilon }, [x, gain, bias], x.shape);
}
