// Protects: every primitive's derivative, in fixed and symbolic shapes, against central differences on the real runtime.
import { describe, expect, test } from 'vitest';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, integers, type TensorValue } from '../runtime/tensor-value.ts';
import {
  concat,
  expand,
  gatherRows,
  pad,
  reshape,
  scatterAddRows,
  slice,
  transpose,
  transposeLast,
} from './arrange.ts';
import { abs, crossEntropy, gelu, l2Normalise, maximum, minimum, quickGelu, softplus, tanhGelu } from './composites.ts';
import { derivativeRules } from './derivative-rules.ts';
import { gradients } from './differentiate.ts';
import { dim, type Shape } from './dimension.ts';
import { add, div, erf, exp, log, mul, relu, sigmoid, sqrt, step, sub, tanh } from './elementwise.ts';
import { linear, matmul } from './linear-algebra.ts';
import { lowerToOnnx } from './lower-to-onnx.ts';
import { layerNorm, logSoftmax, reduceMax, reduceMean, reduceSum, softmax } from './reduce.ts';
import { constant, inOrder, input, parameter, ShapeError, weight, type Tensor } from './tensor.ts';

interface Case {
  readonly name: string;
  /** Shapes of the trainable tensors. */
  readonly shapes: readonly (readonly number[])[];
  readonly build: (...x: Tensor[]) => Tensor;
  /** Keeps numbers positive and away from 0, for functions that need that. */
  readonly positive?: boolean;
}

const rows = constant(BigInt64Array.of(2n, 0n, 2n, 1n), [4]);
const cases: readonly Case[] = [
  {
    name: 'add, broadcast both ways',
    shapes: [
      [2, 1, 3],
      [4, 1],
    ],
    build: add,
  },
  { name: 'sub, broadcast', shapes: [[2, 3], [3]], build: sub },
  {
    name: 'mul, broadcast',
    shapes: [
      [2, 3],
      [2, 1],
    ],
    build: mul,
  },
  { name: 'div, broadcast', shapes: [[2, 3], [3]], build: div, positive: true },
  { name: 'mul of a tensor with itself', shapes: [[2, 3]], build: (x) => mul(x, x) },
  { name: 'exp', shapes: [[2, 3]], build: exp },
  { name: 'log', shapes: [[2, 3]], build: log, positive: true },
  { name: 'sqrt', shapes: [[2, 3]], build: sqrt, positive: true },
  { name: 'erf', shapes: [[2, 3]], build: erf },
  { name: 'sigmoid', shapes: [[2, 3]], build: sigmoid },
  { name: 'tanh', shapes: [[2, 3]], build: tanh },
  { name: 'relu', shapes: [[2, 3]], build: relu },
  { name: 'step', shapes: [[2, 3]], build: (x) => add(step(x), x) },
  {
    name: 'matmul',
    shapes: [
      [2, 3, 4],
      [2, 4, 2],
    ],
    build: matmul,
  },
  {
    name: 'matmul, right side a plain matrix',
    shapes: [
      [2, 3, 4],
      [4, 2],
    ],
    build: matmul,
  },
  {
    name: 'matmul, left side broadcast',
    shapes: [
      [3, 4],
      [2, 4, 2],
    ],
    build: matmul,
  },
  {
    name: 'matmul, right side broadcast',
    shapes: [
      [3, 1, 3, 4],
      [2, 4, 3],
    ],
    build: matmul,
  },
  { name: 'linear', shapes: [[2, 3, 4], [5, 4], [5]], build: linear },
  {
    name: 'linear without bias, plain rows',
    shapes: [
      [3, 4],
      [5, 4],
    ],
    build: (x, w) => linear(x, w),
  },
  { name: 'softmax', shapes: [[2, 4]], build: softmax },
  { name: 'logSoftmax', shapes: [[2, 4]], build: logSoftmax },
  { name: 'layerNorm', shapes: [[2, 3, 4], [4], [4]], build: (x, g, b) => layerNorm(x, g, b, 1e-5) },
  { name: 'reduceSum over the middle', shapes: [[2, 3, 4]], build: (x) => reduceSum(x, { axes: [1] }) },
  { name: 'reduceSum of all, kept', shapes: [[2, 3]], build: (x) => reduceSum(x, { keepDims: true }) },
  {
    name: 'reduceMax over the middle, kept',
    shapes: [[2, 3, 4]],
    build: (x) => reduceMax(x, { axes: [1], keepDims: true }),
  },
  { name: 'reduceMean over first and last', shapes: [[2, 3, 4]], build: (x) => reduceMean(x, { axes: [0, -1] }) },
  { name: 'reshape', shapes: [[2, 6]], build: (x) => mul(reshape(x, [x.shape[0]!, 2, 3]), 2) },
  { name: 'expand', shapes: [[2, 1, 3]], build: (x) => expand(x, [x.shape[0]!, 4, 3]) },
  { name: 'transpose', shapes: [[2, 3, 4]], build: (x) => transpose(x, [2, 0, 1]) },
  { name: 'slice', shapes: [[2, 5]], build: (x) => slice(x, 1, 1, 4) },
  { name: 'pad', shapes: [[2, 3]], build: (x) => pad(x, 1, 2, 1) },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 2],
    ],
    build: (a, b) => concat([a, b, a], 1),
  },
  { name: 'gatherRows, a row twice', shapes: [[3, 2]], build: (table) => gatherRows(table, rows) },
  { name: 'scatterAddRows, a row twice', shapes: [[4, 2]], build: (updates) => scatterAddRows(updates, rows, 3) },
  { name: 'gelu', shapes: [[2, 3]], build: gelu },
  { name: 'tanhGelu', shapes: [[2, 3]], build: tanhGelu },
  { name: 'quickGelu', shapes: [[2, 3]], build: quickGelu },
  { name: 'softplus, abs', shapes: [[2, 3]], build: (x) => add(softplus(x), abs(x)) },
  {
    name: 'maximum, minimum',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => add(maximum(a, b), mul(minimum(a, b), 3)),
  },
  { name: 'l2Normalise', shapes: [[2, 4]], build: l2Normalise },
  {
    name: 'crossEntropy',
    shapes: [[2, 3]],
    build: (x) => crossEntropy(x, constant(Float32Array.of(0, 1, 0, 0.5, 0, 0.5), [2, 3])),
  },
  {
    name: 'attention',
    shapes: [
      [2, 3, 4],
      [2, 3, 4],
      [2, 3, 4],
    ],
    build: (q, k, v) => matmul(softmax(matmul(q, transposeLast(k))), v),
  },
];

/** Fixed numbers without structure, none near a kink of a piecewise function. */
function numbers(count: number, seed: number, positive = false): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => {
    const wave = Math.sin(12.9898 * (at + 1) + 78.233 * seed) * 43758.5453;
    const unit = wave - Math.floor(wave);
    return positive ? 0.5 + unit : (unit < 0.5 ? -0.15 : 0.15) + 1.6 * (unit - 0.5);
  });
}

const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** The names of symbolic sizes go by size, so that axes that must agree still do. */
const symbolic = (shape: readonly number[]): Shape =>
  shape.map((size, axis) => (axis === 0 && size === 2 ? dim('two') : size));

/** The largest difference between a gradient and the central difference in its place; infinite if a shape is wrong. */
async function worstError(
  { shapes, build, positive }: Case,
  shapeOf: (shape: readonly number[]) => Shape,
): Promise<number> {
  const leaves = shapes.map((shape, at) => parameter(`x${at}`, shapeOf(shape)));
  const y = build(...leaves);
  // A different weight on every output, so that no error cancels out.
  const loss = reduceSum(mul(y, input('mixer', y.shape)));
  const outputs = Object.fromEntries([
    ['loss', loss],
    ...gradients(loss, leaves).map((g, at) => [`d${at}`, g] as const),
  ]);
  const staticLeaves = shapes.map((shape, at) => parameter(`x${at}`, shape));
  const outputShape = build(...staticLeaves).shape as readonly number[];
  await using session = await openSession(lowerToOnnx(outputs), { provider: 'cpu', threads: 1 });

  const values = shapes.map((shape, at) => numbers(countOf(shape), at + 1, positive));
  const feeds = (): Record<string, TensorValue> => ({
    mixer: floats(numbers(countOf(outputShape), 99), outputShape),
    ...Object.fromEntries(shapes.map((shape, at) => [`x${at}`, floats(values[at]!, shape)])),
  });
  const analytic = await session.run(feeds());
  const h = 2 ** -7;
  let worst = 0;
  for (const [at, value] of values.entries()) {
    const gradient = floatsOf(analytic, `d${at}`);
    if (analytic[`d${at}`]!.shape.join() !== shapes[at]!.join()) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < value.length; i += 1) {
      const kept = value[i]!;
      value[i] = kept + h;
      const above = floatsOf(await session.run(feeds()), 'loss')[0]!;
      value[i] = kept - h;
      const below = floatsOf(await session.run(feeds()), 'loss')[0]!;
      value[i] = kept;
      worst = Math.max(worst, Math.abs(gradient[i]! - (above - below) / (2 * h)));
    }
  }
  return worst;
}

describe('gradients equal central differences', () => {
  test.each(cases)('$name', async (each) => {
    expect(await worstError(each, (shape) => shape)).toBeLessThan(2e-3);
  });

  test.each(cases.filter(({ shapes, name }) => shapes.some((shape) => shape[0] === 2) && name !== 'crossEntropy'))(
    '$name, first axis symbolic',
    async (each) => {
      expect(await worstError(each, symbolic)).toBeLessThan(2e-3);
    },
  );

  test('the cases reach every primitive that has a derivative', () => {
    // Pictures under filters refuse to be differentiated.
    const leafKinds = new Set(['input', 'parameter', 'weight', 'constant', 'size', 'convolve']);
    const reached = new Set(
      cases.flatMap(({ shapes, build }) =>
        inOrder([build(...shapes.map((shape, at) => parameter(`x${at}`, shape)))]).map(({ op }) => op.kind as string),
      ),
    );
    expect(Object.keys(derivativeRules).filter((kind) => !leafKinds.has(kind) && !reached.has(kind))).toEqual([]);
  });
});

describe('what is not asked for', () => {
  const frozen = weight('w', [5, 4], { place: null, verify: () => {}, read: () => new Float32Array(20) });

  test('a frozen weight gets no gradient: the graph of dx alone never transposes activations onto it', () => {
    const x = parameter('x', [3, 4]);
    const [dx] = gradients(reduceSum(linear(x, frozen)), [x]);
    expect(inOrder([dx!]).map(({ op }) => op.kind)).not.toContain('transpose');
    expect(dx!.shape).toEqual([3, 4]);
  });

  test('a tensor that the scalar does not depend on, and a loss that is no scalar, are refused', () => {
    const x = parameter('x', [3]);
    expect(() => gradients(reduceSum(x), [parameter('y', [3])])).toThrow(ShapeError);
    expect(() => gradients(x, [x])).toThrow('only a scalar');
  });

  test('gradients pass through an intermediate node and reach rows picked by index', async () => {
    const table = parameter('table', [3, 2]);
    const picked = gatherRows(table, input('rows', [dim('n')], 'int64'));
    const [atPicked, atTable] = gradients(reduceSum(mul(picked, picked)), [picked, table]);
    await using session = await openSession(lowerToOnnx({ atPicked: atPicked!, atTable: atTable! }), {
      provider: 'cpu',
    });
    const answer = await session.run({
      table: floats(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
      rows: integers([2, 2], [2]),
    });
    expect([...floatsOf(answer, 'atPicked')]).toEqual([10, 12, 10, 12]);
    expect([...floatsOf(answer, 'atTable')]).toEqual([0, 0, 0, 0, 20, 24]);
  });
});
