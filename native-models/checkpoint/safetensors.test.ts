// Protects: a damaged or dishonest weight file gives one clear failure that names file and tensor, and half precision is read right.
import { mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { linear } from '../graph/linear-algebra.ts';
import { input } from '../graph/tensor.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { openCheckpoint, parseJson } from './checkpoint.ts';
import { readSafetensorsHeader, type StoredType } from './safetensors.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'safetensors-')));
  file = path.join(folder, 'model.safetensors');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly number[];
}

function write(header: unknown, data: Uint8Array = new Uint8Array(), announced?: bigint): void {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(announced ?? BigInt(json.length));
  writeFileSync(file, Buffer.concat([length, json, data]));
}

const entry = (dtype: string, shape: readonly number[], start: number, end: number): Entry => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const bytesOf = (numbers: Float32Array | Float64Array | Uint16Array): Uint8Array => new Uint8Array(numbers.buffer);

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

test('a tensor of another type refuses a model only where it is needed; a list of one is a number', () => {
  write({ scale: entry('F32', [1], 0, 4), extra: entry('F8_E4M3', [2], 4, 6) }, new Uint8Array(6));
  const checkpoint = openCheckpoint(folder);
  expect(checkpoint.number('scale')).toBe(0);
  expect(checkpoint.has('extra')).toBe(false);
  const { message } = failureOf(() => checkpoint.tensor('extra', [2]));
  expect(message).toContain("'extra' as F8_E4M3");
  expect(message).toContain('convert it');
});

describe('files that lie or are damaged', () => {
  const good = { 'a.weight': entry('F32', [2], 0, 8) };

  test.each<[string, () => void, RegExp]>([
    ['an empty file', () => writeFileSync(file, ''), /cut off/],
    ['a header longer than the file', () => write(good, new Uint8Array(8), 1n << 40n), /cut off/],
    ['a header that is not JSON', () => write('not json'), /not JSON/],
    ['a header that is a list', () => write([]), /not JSON/],
    ['a tensor past the end of the file', () => write(good, new Uint8Array(4)), /'a\.weight' ends after the end/],
    [
      'a shape that does not fit its bytes',
      () => write({ 'a.weight': entry('F32', [3], 0, 8) }, new Uint8Array(8)),
      /lies about tensor 'a\.weight'/,
    ],
    ['a negative offset', () => write({ 'a.weight': entry('F32', [2], -8, 0) }, new Uint8Array(8)), /'a\.weight'/],
    [
      'overlapping tensors',
      () => write({ a: entry('F32', [2], 0, 8), b: entry('F32', [2], 4, 12) }, new Uint8Array(12)),
      /'b': it overlaps/,
    ],
    ['a type that is not known', () => write({ a: entry('F8_E4M3', [2], 0, 2) }, new Uint8Array(2)), /'a' as F8_E4M3/],
    [
      'a header beyond all models',
      () => {
        write(good, new Uint8Array(8), 1n << 25n);
        truncateSync(file, 2 ** 26);
      },
      /header of 33,554,432 bytes/,
    ],
    [
      'a tensor of a size beyond numbers',
      () => write('{"a":{"dtype":"F32","shape":[1e308,0],"data_offsets":[0,0]}}'),
      /'a'/,
    ],
    ['an absurd shape', () => write({ a: entry('F32', [2 ** 40, 2 ** 40], 0, 8) }, new Uint8Array(8)), /'a'/],
  ])('%s', (_, damage, message) => {
    damage();
    const failure = failureOf(() => readSafetensorsHeader(file));
    expect(failure.code).toBe('unreadable-model');
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain(file);
  });

  test('of two tensors of one name the last counts, and is held against the file as well', () => {
    const twice = (last: string) => `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":${last}}`;
    write(twice('{"dtype":"F32","shape":[2],"data_offsets":[0,8]}'), new Uint8Array(4));
    expect(failureOf(() => readSafetensorsHeader(file)).message).toContain("'a' ends after the end");
    write(twice('{"dtype":"F32","shape":[1],"data_offsets":[4,8]}'), new Uint8Array(8));
    expect([...readSafetensorsHeader(file).values()]).toMatchObject([{ byteLength: 4 }]);
  });

  test('settings beyond all models are refused before they are read', () => {
    const config = path.join(folder, 'huge.json');
    writeFileSync(config, '{}');
    truncateSync(config, 2 ** 40);
    expect(failureOf(() => parseJson(config)).message).toContain('huge.json has 1,099,511,627,776 bytes');
  });

  test('a tensor that is missing, or has another shape, is named', () => {
    write(good, bytesOf(Float32Array.of(1, 2)));
    const checkpoint = openCheckpoint(folder);
    expect(failureOf(() => checkpoint.tensor('b.weight', [2])).message).toContain("has no tensor 'b.weight'");
    const failure = failureOf(() => checkpoint.tensor('a.weight', [3]));
    expect(failure.message).toContain("tensor 'a.weight' is [2] where config.json asks for [3]");
    expect(failure.details).toMatchObject({ tensor: 'a.weight' });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d in a mapped weight is found before the runtime sees it',
    (bad) => {
      const numbers = new Float32Array(3_000_000);
      numbers[2_999_999] = bad;
      write({ 'a.weight': entry('F32', [1_500_000, 2], 0, numbers.byteLength) }, bytesOf(numbers));
      const graph = linear(input('x', [1, 2]), openCheckpoint(folder).tensor('a.weight', [1_500_000, 2]));
      expect(failureOf(() => lowerToOnnx({ graph })).message).toMatch(
        /tensor 'a\.weight' holds (NaN|an infinite number)/,
      );
    },
  );

  test('a file that is cut after it was opened', () => {
    write(good, bytesOf(Float32Array.of(1, 2)));
    const leaf = openCheckpoint(folder).tensor('a.weight', [2]);
    truncateSync(file, 20);
    expect(failureOf(() => lowerToOnnx({ leaf })).message).toContain('is cut off');
  });
});

describe('numbers', () => {
  const exact = [0, -0, 1, -2, 0.5, 65504, 2 ** -14, 2 ** -24, 3 * 2 ** -24];
  const halves = Uint16Array.of(0, 0x8000, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x0003);

  test.each<[StoredType, Uint8Array, readonly number[]]>([
    ['F32', bytesOf(Float32Array.from(exact)), exact],
    ['F64', bytesOf(Float64Array.from(exact)), exact],
    ['F16', bytesOf(halves), exact],
    ['BF16', bytesOf(Uint16Array.of(0x3f80, 0xc000, 0x3e80)), [1, -2, 0.25]],
  ])('%s', (type, data, numbers) => {
    write({ w: entry(type, [numbers.length], 0, data.length) }, data);
    const { op } = openCheckpoint(folder).tensor('w', [numbers.length]);
    expect(op.kind === 'weight' && [...op.data.read()]).toEqual(numbers);
  });

  test('integers where real numbers belong are refused', () => {
    write({ w: entry('I64', [1], 0, 8) }, new Uint8Array(8));
    expect(failureOf(() => lowerToOnnx({ w: openCheckpoint(folder).tensor('w', [1]) })).message).toContain('as I64');
  });

  test('weights that can be mapped and others that must be converted work in one graph', async () => {
    const data = Buffer.concat([bytesOf(Float32Array.of(3, 4)), bytesOf(Uint16Array.of(0x3c00, 0xc000))]);
    const header = JSON.stringify({ whole: entry('F32', [1, 2], 0, 8), half: entry('F16', [2, 1], 8, 12) });
    write(header.padEnd(Math.ceil(header.length / 8) * 8), data);
    const checkpoint = openCheckpoint(folder);
    const hidden = linear(input('x', [1, 2]), checkpoint.tensor('whole', [1, 2]));
    const model = lowerToOnnx({ y: linear(hidden, checkpoint.tensor('half', [2, 1])) });
    expect(model.weightsFolder).toBeNull();
    expect(lowerToOnnx({ hidden })).toMatchObject({ weightsFolder: folder, externalData: [] });
    await using session = await openSession(model, { provider: 'cpu' });
    expect([...floatsOf(await session.run({ x: floats(Float32Array.of(1, 10), [1, 2]) }), 'y')]).toEqual([43, -86]);
  });

  test('weights that do not lie on a 4-byte border are read, not mapped, and compute the same', async () => {
    const header = JSON.stringify({ w: entry('F32', [1, 2], 0, 8) });
    for (const padding of ['', ' ', '  ', '   ']) {
      write(`${header}${padding}`, bytesOf(Float32Array.of(3, 4)));
      const product = linear(input('x', [1, 2]), openCheckpoint(folder).tensor('w', [1, 2]));
      await using session = await openSession(lowerToOnnx({ product }), { provider: 'cpu' });
      expect([...floatsOf(await session.run({ x: floats(Float32Array.of(1, 10), [1, 2]) }), 'product')]).toEqual([43]);
    }
  });
});
