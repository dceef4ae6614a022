// Protects: tokens are merged as plain code by the paper merges them, ties too, and tokens that stand for several patches
// are averaged and looked at by their number; a tower that merges none is the plain one to the bit; a picture's merged
// features do not depend, in a single bit, on those it is computed with; each family that can merge does.
import path from 'node:path';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { imageFeatures } from '../dual-encoder/dual-encoder-graphs.ts';
import { familyOf } from '../families.ts';
import { dim } from '../graph/dimension.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import type { Precision } from '../graph/quantise.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import { openModel } from '../open-model.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, type TensorValues } from '../runtime/tensor-value.ts';
import { attend } from './attention.ts';
import { mergedPerBlock, mergeTokens, proportional } from './token-merging.ts';

/** A token as plain numbers. */
interface Token {
  readonly key: readonly number[];
  readonly row: readonly number[];
  readonly size: number;
}

/** Bipartite soft matching by the paper, one picture, step by step. */
function mergedPlainly(tokens: readonly Token[], count: number, kept: number): Pick<Token, 'row' | 'size'>[] {
  const [from, to] = [0, 1].map((first) => tokens.filter((_, at) => at % 2 === first)) as [Token[], Token[]];
  const cosine = ({ key: a }: Token, { key: b }: Token): number =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
  const pairs = from.map((token, sender) => {
    const cosines = to.map((other) => cosine(token, other));
    const alike = Math.max(...cosines);
    return { sender, receiver: cosines.indexOf(alike), alike: sender < kept ? -Infinity : alike };
  });
  const merged = pairs.toSorted((a, b) => b.alike - a.alike).slice(0, count);
  const average = (group: readonly Token[]) => {
    const size = group.reduce((sum, token) => sum + token.size, 0);
    const row = group[0]!.row.map((_, at) => group.reduce((sum, token) => sum + token.size * token.row[at]!, 0) / size);
    return { row, size };
  };
  const alone = from.filter((_, sender) => merged.every((pair) => pair.sender !== sender));
  const joined = to.map((token, receiver) =>
    average([token, ...merged.filter((pair) => pair.receiver === receiver).map(({ sender }) => from[sender]!)]),
  );
  return [...alone.map((token) => average([token])), ...joined];
}

/** Numbers of no pattern, the same ones in every run. */
function numbersOf(seed: number): (length: number) => number[] {
  const generator = xoroshiro128plus(seed);
  return (length) => Array.from({ length }, () => uniformInt(generator, -1000, 1000) / 1000);
}

/** The same, by the graph. */
async function mergedByGraph(tokens: readonly Token[], count: number, kept: 0 | 1) {
  const [length, width, depth] = [tokens.length, tokens[0]!.row.length, tokens[0]!.key.length];
  const rows = input('rows', [dim('batch'), length, width]);
  const sizes = input('sizes', [dim('batch'), length, 1]);
  const merging = { perBlock: count, kept };
  const { tokens: merged } = mergeTokens({ rows, sizes }, input('keys', [dim('batch'), length, depth]), merging);
  const numbers = (of: (token: Token) => readonly number[]) => Float32Array.from(tokens.flatMap((one) => [...of(one)]));
  const found = await run(
    { merged: merged.rows, counts: merged.sizes! },
    {
      rows: floats(
        numbers(({ row }) => row),
        [1, length, width],
      ),
      sizes: floats(
        numbers(({ size }) => [size]),
        [1, length, 1],
      ),
      keys: floats(
        numbers(({ key }) => key),
        [1, length, depth],
      ),
    },
  );
  const [values, counts] = [floatsOf(found, 'merged'), floatsOf(found, 'counts')];
  return Array.from(counts, (size, at) => ({ row: [...values.subarray(at * width, (at + 1) * width)], size }));
}

async function run(outputs: Record<string, Tensor>, feeds: TensorValues): Promise<TensorValues> {
  await using session = await openSession(lowerToOnnx(outputs), { provider: 'cpu', threads: 1 });
  return await session.run(feeds);
}

describe('tokens are merged as by the paper', () => {
  const numbers = numbersOf(14);
  const below = (count: number): number => Math.floor(((numbers(1)[0]! + 1) / 2.001) * count);
  const tokens = (length: number, key: () => number[]): Token[] =>
    Array.from({ length }, () => ({ key: key(), row: numbers(6), size: 1 + below(4) }));
  const oneOfThree = (): number[] => [0, 0, 0].with(below(3), 1);

  test.each([
    { what: 'an even number', length: 16, count: 3, kept: 0, key: () => numbers(5) },
    { what: 'an odd number, the first kept', length: 17, count: 5, kept: 1, key: () => numbers(5) },
    { what: 'as many as there can be', length: 17, count: 20, kept: 1, key: () => numbers(5) },
    { what: 'keys that are equally alike', length: 21, count: 4, kept: 1, key: oneOfThree },
    { what: 'keys that are all the same', length: 12, count: 4, kept: 0, key: () => [1, 0, 0] },
  ] as const)('$what', async ({ length, count, kept, key }) => {
    const given = tokens(length, key);
    const ours = await mergedByGraph(given, count, kept);
    const plain = mergedPlainly(given, Math.min(count, (length - kept) >> 1), kept);
    expect(ours.map(({ size }) => size)).toEqual(plain.map(({ size }) => size));
    ours.forEach(({ row }, at) =>
      row.forEach((value, column) => expect(value).toBeCloseTo(plain[at]!.row[column]!, 5)),
    );
    if (kept === 1) expect(ours[0]!.row).toEqual([...Float32Array.from(given[0]!.row)]);
  });
});

test('a token that stands for three patches is looked at as three', async () => {
  const numbers = numbersOf(15);
  const [query, key, value] = [0, 1, 2].map(() => Float32Array.from(numbers(2 * 2 * 4))) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  /** Of two heads with two tokens each, the second of them three times. */
  const repeated = (rows: Float32Array) =>
    Float32Array.from(
      [0, 2]
        .flatMap((head) => [head, head + 1, head + 1, head + 1])
        .flatMap((row) => [...rows.subarray(row * 4, row * 4 + 4)]),
    );
  const leaves = (tokens: number) => [input('k', [1, 2, tokens, 4]), input('v', [1, 2, tokens, 4])] as const;
  const asked = input('q', [1, 2, 2, 4]);
  const shape = (rows: Float32Array) => floats(rows, [1, 2, rows.length / 8, 4]);
  const sizes = proportional(input('sizes', [1, 2, 1]));
  const merged = await run(
    { y: attend(asked, ...leaves(2), sizes) },
    { q: shape(query), k: shape(key), v: shape(value), sizes: floats(Float32Array.of(1, 3), [1, 2, 1]) },
  );
  const whole = await run(
    { y: attend(asked, ...leaves(4)) },
    { q: shape(query), k: shape(repeated(key)), v: shape(repeated(value)) },
  );
  floatsOf(merged, 'y').forEach((one, at) => expect(one).toBeCloseTo(floatsOf(whole, 'y')[at]!, 5));
});

const starter = path.resolve(import.meta.dirname, '../../resources/starter-model');
const fixture = (name: string): string => path.join(import.meta.dirname, '..', 'fixtures', name);
const read = (folder: string): DualEncoder => familyOf(folder).readEncoder!(folder);

/** Features of smooth pictures, each of its own waves and colours; `order` says which, in which order. */
async function features(
  encoder: DualEncoder,
  perBlock: number,
  { precision = 'fp32', order = [0, 1, 2, 3, 4] }: { precision?: Precision; order?: readonly number[] } = {},
): Promise<Float32Array[]> {
  const { imageSize: size } = encoder.pictures;
  const pixels = order.flatMap((picture) =>
    Array.from({ length: 3 * size * size }, (_, at) => {
      const [channel, y, x] = [Math.floor(at / size ** 2), Math.floor((at % size ** 2) / size), at % size];
      return 1.5 * Math.sin((x * (1 + picture) + y * (picture % 3)) / 9 + channel * picture);
    }),
  );
  const graph = lowerToOnnx({ embeds: imageFeatures(encoder, perBlock) }, precision);
  await using session = await openSession(graph, { provider: 'cpu', threads: 1 });
  const given = floats(Float32Array.from(pixels), [order.length, 3, size, size]);
  const values = floatsOf(await session.run({ pixels: given }), 'embeds');
  return order.map((_, at) => values.slice(at * encoder.dim, (at + 1) * encoder.dim));
}

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

test('a tower that merges none is the plain one to the bit', () => {
  for (const folder of [starter, fixture('siglip'), fixture('perception-encoder')]) {
    const encoder = read(folder);
    const bytes = (embeds: Tensor) => lowerToOnnx({ embeds }).bytes;
    expect(bytes(imageFeatures(encoder, 0))).toEqual(bytes(imageFeatures(encoder)));
  }
});

test.each(['fp32', 'int8'] as const)('features do not depend on their batch, to the bit, in %s', async (precision) => {
  for (const folder of [starter, fixture('siglip'), fixture('perception-encoder')]) {
    const encoder = read(folder);
    const together = await features(encoder, 2, { precision });
    const turned = await features(encoder, 2, { precision, order: [3, 1, 4] });
    const [alone] = await features(encoder, 2, { precision, order: [3] });
    expect(turned[0]).toEqual(together[3]);
    expect(turned[1]).toEqual(together[1]);
    expect(alone).toEqual(together[3]);
  }
});

test.each(['fp32', 'int8'] as const)(
  'features stay near those of all tokens, and are others, in %s',
  async (precision) => {
    const encoder = read(starter);
    const perBlock = mergedPerBlock(encoder.pictures.merges);
    expect(perBlock).toBe(4);
    const [all, merged] = [await features(encoder, 0), await features(encoder, perBlock, { precision })];
    const alike = all.map((row, at) => cosine(row, merged[at]!));
    expect(Math.min(...alike)).toBeGreaterThan(0.98);
    expect(Math.min(...alike)).toBeLessThan(0.99999);
  },
);

test('a model merges where it is asked to, and texts are none of it; a model without tokens refuses', async () => {
  const { imageSize: size } = read(starter).pictures;
  const pixels = Float32Array.from({ length: 3 * size * size }, (_, at) => Math.sin(at / 50));
  await using model = await openModel(starter, { provider: 'cpu-int8-merged', threads: 1 });
  await model.encodeImages(pixels, 1);
  expect(model.provider).toMatchObject({ requested: 'cpu-int8-merged', chosen: 'cpu-int8-merged' });
  expect(model.capabilities.mergesTokens).toBe(true);
  expect((await model.warmUp('texts')).chosen).toBe('cpu');
  await using without = await openModel(fixture('align'), { provider: 'cpu-merged', threads: 1 });
  expect(without.capabilities.mergesTokens).toBe(false);
  await expect(without.warmUp('images')).rejects.toThrow(
    /cpu-merged .* cannot be used: .* no tokens that could be merged/,
  );
});

test('half of the patches go, where there are two for each block', () => {
  expect(mergedPerBlock({ patches: 196, blocks: 12 })).toBe(8);
  expect(mergedPerBlock({ patches: 256, blocks: 24 })).toBe(5);
  expect(mergedPerBlock({ patches: 16, blocks: 12 })).toBe(0);
  expect(mergedPerBlock(read(fixture('align')).pictures.merges)).toBe(0);
});
