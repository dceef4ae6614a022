// Protects: graphs with symbolic sizes compute the right thing at any size, and wrong graphs are refused when built.
import { describe, expect, test } from 'vitest';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, integers, type TensorValues } from '../runtime/tensor-value.ts';
import { concat, expand, gatherRows, pad, reshape, slice, transpose } from './arrange.ts';
import { l2Normalise, softplus } from './composites.ts';
import { addDims, dim, multiplyDims } from './dimension.ts';
import { add, mul, sub } from './elementwise.ts';
import { linear, matmul } from './linear-algebra.ts';
import { lowerToOnnx } from './lower-to-onnx.ts';
import { layerNorm, reduceMean } from './reduce.ts';
import { constant, input, scalar, ShapeError, sizeOf, weight, type Tensor } from './tensor.ts';

const count = (length: number): Float32Array => Float32Array.from({ length }, (_, at) => at);

async function run(outputs: Readonly<Record<string, Tensor>>, feeds: TensorValues): Promise<TensorValues> {
  await using session = await openSession(lowerToOnnx(outputs), { provider: 'cpu', threads: 1 });
  return await session.run(feeds);
}

describe('symbolic sizes at run time', () => {
  const [batch, tokens] = [dim('batch'), dim('tokens')];

  test('two unknown axes survive a linear map, a merge and a split', async () => {
    const x = input('x', [batch, tokens, 4]);
    const doubled = linear(x, constant(Float32Array.of(2, 0, 0, 0, 0, 2, 0, 0), [2, 4]));
    const merged = reshape(doubled, [multiplyDims(batch, tokens), 2]);
    const split = transpose(reshape(merged, [batch, tokens, 2]), [1, 0, 2]);
    const answer = await run({ split }, { x: floats(count(24), [2, 3, 4]) });
    expect(answer['split']!.shape).toEqual([3, 2, 2]);
    expect([...floatsOf(answer, 'split')]).toEqual([0, 2, 24, 26, 8, 10, 32, 34, 16, 18, 40, 42]);
  });

  test('sums of sizes: a row joined on, cut off again, and padded back', async () => {
    const x = input('x', [tokens, 2]);
    const longer = concat([x, constant(Float32Array.of(9, 9), [1, 2])], 0);
    const cut = slice(longer, 0, 1, addDims(tokens, 1));
    const padded = pad(cut, 0, tokens, 1);
    const answer = await run({ cut, padded, size: mul(sizeOf(tokens), 10) }, { x: floats(count(6), [3, 2]) });
    expect([...floatsOf(answer, 'cut')]).toEqual([2, 3, 4, 5, 9, 9]);
    expect(answer['padded']!.shape).toEqual([7, 2]);
    expect([...floatsOf(answer, 'size')]).toEqual([30]);
  });

  test('a constant stretched over an unknown batch; means over unknown axes', async () => {
    const x = input('x', [batch, 2]);
    const stretched = expand(constant(Float32Array.of(1, 2), [1, 2]), [batch, 2]);
    const answer = await run(
      { sum: add(x, stretched), mean: reduceMean(x, { axes: [0] }) },
      { x: floats(count(6), [3, 2]) },
    );
    expect([...floatsOf(answer, 'sum')]).toEqual([1, 3, 3, 5, 5, 7]);
    expect([...floatsOf(answer, 'mean')]).toEqual([2, 3]);
  });
});

describe('primitives and composites', () => {
  test('layerNorm, rows by index, and stable softplus give known numbers', async () => {
    const x = input('x', [1, 4]);
    const ones = constant(Float32Array.of(1, 1, 1, 1), [4]);
    const answer = await run(
      {
        normed: layerNorm(x, ones, sub(ones, 1), 0),
        rows: gatherRows(constant(count(6), [3, 2]), input('ids', [2], 'int64')),
        soft: softplus(constant(Float32Array.of(-100, 0, 100), [3])),
        zero: l2Normalise(constant(new Float32Array(2), [1, 2])),
      },
      { x: floats(Float32Array.of(1, 2, 3, 4), [1, 4]), ids: integers([2, 0], [2]) },
    );
    expect(floatsOf(answer, 'normed')[0]).toBeCloseTo(-1.5 / Math.sqrt(1.25), 5);
    expect([...floatsOf(answer, 'rows')]).toEqual([4, 5, 0, 1]);
    expect(floatsOf(answer, 'soft')[1]).toBeCloseTo(Math.LN2, 6);
    expect(floatsOf(answer, 'soft')[2]).toBeCloseTo(100, 4);
    expect([...floatsOf(answer, 'zero')]).toEqual([0, 0]);
  });

  test('weights given in memory reach the runtime beside the model', async () => {
    const table = weight('table', [2, 2], { place: null, verify: () => {}, read: () => Float32Array.of(1, 2, 3, 4) });
    const lowered = lowerToOnnx({ y: linear(input('x', [1, 2]), table) });
    expect(lowered.externalData).toHaveLength(1);
    await using session = await openSession(lowered, { provider: 'cpu' });
    expect([...floatsOf(await session.run({ x: floats(Float32Array.of(1, 1), [1, 2]) }), 'y')]).toEqual([3, 7]);
  });
});

describe('graphs that cannot be', () => {
  const [a, b] = [input('a', [2, 3]), input('b', [4, 3])];

  test.each<[string, () => unknown, string]>([
    ['shapes that do not broadcast', () => add(a, b), 'add: axes of 2 and 4 do not broadcast; given [2, 3] and [4, 3]'],
    ['inner axes that differ', () => matmul(a, b), 'inner axes 3 and 4'],
    ['a reshape that loses elements', () => reshape(a, [5]), 'holds another number of elements'],
    ['a size that does not divide', () => reshape(input('c', [dim('n')]), [4, -1]), 'do not divide'],
    ['a slice past the end', () => slice(a, 1, 1, 4), 'runs past axis 1'],
    ['an axis that is not there', () => slice(a, 2, 0, 1), 'no axis 2'],
    ['a stretch of an axis that is not 1', () => expand(a, [5, 3]), 'does not stretch'],
    ['joining along the wrong axis', () => concat([a, b], 1), 'only axis 1 may differ'],
    ['arithmetic on indices', () => add(input('i', [2], 'int64'), 1), 'float32 only'],
    ['an input axis that is a sum', () => input('d', [addDims(dim('n'), 1)]), 'one named size'],
    ['two inputs of one name', () => lowerToOnnx({ y: add(input('x', [2]), input('x', [2])) }), "both named 'x'"],
    ['an output named like an input', () => lowerToOnnx({ a: add(a, scalar(1)) }), 'both an input and an output'],
    [
      'a size that no input has',
      () => lowerToOnnx({ y: sizeOf(dim('nowhere')) }),
      "no input of the graph has an axis 'nowhere'",
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});
