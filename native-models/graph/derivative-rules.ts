import {
  expand,
  gatherRows,
  mergedDim,
  pad,
  reshape,
  scatterAddRows,
  slice,
  transpose,
  transposeLast,
} from './arrange.ts';
import { negate, square } from './composites.ts';
import { addDims, sameDim, subtractDims, type Shape } from './dimension.ts';
import { add, div, exp, mul, sqrt, step, sub } from './elementwise.ts';
import { matmul } from './linear-algebra.ts';
import { reduceMean, reduceSum, softmax } from './reduce.ts';
import { ShapeError, sizeOf, type Op, type Tensor } from './tensor.ts';

/**
 * The vector-Jacobian product of one primitive: from dy, the gradient at its value y, the gradients at its inputs.
 * Where `wanted(i)` is false nobody needs the gradient of input i, and null may stand for it.
 */
export type DerivativeRule<K extends Op['kind'] = Op['kind']> = (
  dy: Tensor,
  y: Tensor,
  wanted: (input: number) => boolean,
  op: Op & { readonly kind: K },
) => readonly (Tensor | null)[];

/** A function of one tensor, element by element: dy times its slope, given x and y = f(x). */
const elementwise =
  (slope: (x: Tensor, y: Tensor) => Tensor) =>
  (dy: Tensor, y: Tensor): readonly Tensor[] => [mul(dy, slope(y.inputs[0]!, y))];

const leaf = (): readonly Tensor[] => [];
const alongLast = { axes: [-1], keepDims: true } as const;

/** Derivatives of all primitives, in primitives; the type keeps the table complete. */
export const derivativeRules: { readonly [K in Op['kind']]: DerivativeRule<K> } = {
  input: leaf,
  parameter: leaf,
  weight: leaf,
  constant: leaf,
  size: leaf,

  add: (dy, { inputs: [a, b] }) => [reduceTo(dy, a!.shape), reduceTo(dy, b!.shape)],
  sub: (dy, { inputs: [a, b] }, wanted) => [reduceTo(dy, a!.shape), wanted(1) ? negate(reduceTo(dy, b!.shape)) : null],
  mul: (dy, { inputs: [a, b] }, wanted) => [
    wanted(0) ? reduceTo(mul(dy, b!), a!.shape) : null,
    wanted(1) ? reduceTo(mul(dy, a!), b!.shape) : null,
  ],
  div: (dy, y, wanted) => {
    const [a, b] = y.inputs;
    const quotient = div(dy, b!);
    return [reduceTo(quotient, a!.shape), wanted(1) ? negate(reduceTo(mul(quotient, y), b!.shape)) : null];
  },

  exp: elementwise((_, y) => y),
  log: (dy, { inputs: [x] }) => [div(dy, x!)],
  sqrt: (dy, y) => [div(mul(dy, 0.5), y)],
  erf: elementwise((x) => mul(exp(negate(square(x))), 2 / Math.sqrt(Math.PI))),
  sigmoid: elementwise((_, y) => mul(y, sub(1, y))),
  tanh: elementwise((_, y) => sub(1, square(y))),
  relu: elementwise((x) => step(x)),
  step: () => [null],

  matmul: (dy, { inputs: [a, b] }, wanted) => [
    wanted(0) ? reduceTo(matmul(dy, transposeLast(b!)), a!.shape) : null,
    wanted(1) ? rightFactorGradient(a!, dy, b!.shape) : null,
  ],
  linear: (dy, { inputs: [x, weights] }, wanted) => [
    wanted(0) ? reshape(matmul(asRows(dy), weights!), x!.shape) : null,
    wanted(1) ? matmul(transposeLast(asRows(dy)), asRows(x!)) : null,
    wanted(2) ? reduceSum(asRows(dy), { axes: [0] }) : null,
  ],

  convolve: () => {
    throw new ShapeError('convolve: pictures under filters have no derivative here');
  },

  softmax: (dy, y) => {
    const weighted = mul(dy, y);
    return [sub(weighted, mul(y, reduceSum(weighted, alongLast)))];
  },
  logSoftmax: (dy, { inputs: [x] }) => [sub(dy, mul(softmax(x!), reduceSum(dy, alongLast)))],
  layerNorm: (dy, { inputs: [x, gain, bias] }, wanted, { epsilon }) => {
    const centred = sub(x!, reduceMean(x!, alongLast));
    const deviation = sqrt(add(reduceMean(square(centred), alongLast), epsilon));
    const normed = div(centred, deviation);
    const scaled = mul(dy, gain!);
    const tangent = sub(
      sub(scaled, reduceMean(scaled, alongLast)),
      mul(normed, reduceMean(mul(scaled, normed), alongLast)),
    );
    return [
      wanted(0) ? div(tangent, deviation) : null,
      wanted(1) ? reduceTo(mul(dy, normed), gain!.shape) : null,
      wanted(2) ? reduceTo(dy, bias!.shape) : null,
    ];
  },

  reduceSum: (dy, { inputs: [x] }, _, { axes }) => [spreadOver(dy, x!.shape, axes)],
  reduceMean: (dy, { inputs: [x] }, _, { axes }) => {
    const count = axes.map((axis) => sizeOf(x!.shape[axis]!)).reduce((product, size) => mul(product, size));
    return [spreadOver(div(dy, count), x!.shape, axes)];
  },

  // Elements that are equally large share the gradient.
  reduceMax: (dy, y, _, { axes }) => {
    const x = y.inputs[0]!;
    const largest = sub(1, step(sub(spreadOver(y, x.shape, axes), x)));
    const share = div(largest, reduceSum(largest, { axes, keepDims: true }));
    return [mul(spreadOver(dy, x.shape, axes), share)];
  },

  reshape: (dy, { inputs: [x] }) => [reshape(dy, x!.shape)],
  expand: (dy, { inputs: [x] }) => [reduceTo(dy, x!.shape)],
  transpose: (dy, _, __, { order }) => [
    transpose(
      dy,
      order.map((_axis, at) => order.indexOf(at)),
    ),
  ],
  slice: (dy, { inputs: [x] }, _, { axis, start, end }) => [pad(dy, axis, start, subtractDims(x!.shape[axis]!, end))],
  pad: (dy, { inputs: [x] }, _, { axis, before }) => [slice(dy, axis, before, addDims(before, x!.shape[axis]!))],
  concat: (dy, { inputs }, _, { axis }) => {
    let start: Shape[number] = 0;
    return inputs.map((part) => {
      const from = start;
      start = addDims(from, part.shape[axis]!);
      return slice(dy, axis, from, start);
    });
  },
  gatherRows: (dy, { inputs: [table, indices] }) => {
    const [rows, ...rest] = table!.shape;
    if (typeof rows !== 'number')
      throw new ShapeError('gatherRows: only a table with a fixed number of rows has a derivative');
    const count = mergedDim(indices!.shape, 0);
    return [scatterAddRows(reshape(dy, [count, ...rest]), reshape(indices!, [count]), rows), null];
  },
  scatterAddRows: (dy, { inputs: [, indices] }) => [gatherRows(dy, indices!), null],
};

/** All axes but the last merged: `[…, n]` → `[rows, n]`. */
const asRows = (x: Tensor): Tensor => reshape(x, [mergedDim(x.shape, 0, -1), x.shape.at(-1)!]);

/** Sums out the axes along which a tensor of `shape` was broadcast. */
function reduceTo(dy: Tensor, shape: Shape): Tensor {
  const added = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((size, axis) =>
    axis < added || (shape[axis - added] === 1 && !sameDim(size, 1)) ? [axis] : [],
  );
  return axes.length === 0 ? dy : reshape(reduceSum(dy, { axes }), shape);
}

/** The reverse of a sum over `axes`: dy, with those axes back as 1, stretched over them. */
function spreadOver(dy: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return expand(reshape(dy, kept), shape);
}

/** aᵀ dy, summed over the axes along which b was broadcast; one product where b is a plain matrix. */
function rightFactorGradient(a: Tensor, dy: Tensor, shape: Shape): Tensor {
  if (shape.length === 2) return matmul(transposeLast(asRows(a)), asRows(dy));
  return reduceTo(matmul(transposeLast(a), dy), shape);
}
