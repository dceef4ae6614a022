import { add, div, erf, exp, log, mul, relu, sigmoid, sqrt, sub, tanh, type Operand } from './elementwise.ts';
import { logSoftmax, reduceMean, reduceSum } from './reduce.ts';
import type { Tensor } from './tensor.ts';

// Functions written in primitives; their derivatives follow from those of the primitives.

/** Element by element: any shape → the same shape; two operands broadcast as in `add`. */
export const negate = (x: Tensor): Tensor => mul(x, -1);
export const square = (x: Tensor): Tensor => mul(x, x);
export const abs = (x: Tensor): Tensor => add(relu(x), relu(negate(x)));
export const maximum = (a: Tensor, b: Operand): Tensor => add(b, relu(sub(a, b)));
export const minimum = (a: Tensor, b: Operand): Tensor => sub(a, relu(sub(a, b)));
/** log(1 + eˣ) without overflow, element by element. */
export const softplus = (x: Tensor): Tensor => add(relu(x), log(add(exp(negate(abs(x))), 1)));

/** x Φ(x), element by element (Hendrycks and Gimpel 2016), exact; in the form that runtimes recognise and fuse. */
export const gelu = (x: Tensor): Tensor => mul(mul(x, add(erf(div(x, Math.SQRT2)), 1)), 0.5);
/** The tanh approximation of gelu, as GPT-2 has it, element by element. */
export const tanhGelu = (x: Tensor): Tensor => {
  const inner = mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, add(tanh(inner), 1)), 0.5);
};
/** x σ(1.702 x), element by element: the approximation that OpenAI's CLIP weights were trained with. */
export const quickGelu = (x: Tensor): Tensor => mul(x, sigmoid(mul(x, 1.702)));

/** Rows (last axis) scaled to unit Euclidean length. A zero row becomes zero, not NaN. */
export const l2Normalise = (x: Tensor): Tensor =>
  div(x, sqrt(add(reduceSum(square(x), { axes: [-1], keepDims: true }), 1e-24)));

/** Mean over rows of −Σ target · log softmax(logits); logits and target `[B, K]`, rows of the target sum to 1. */
export const crossEntropy = (logits: Tensor, target: Tensor): Tensor =>
  negate(reduceMean(reduceSum(mul(target, logSoftmax(logits)), { axes: [-1] })));
