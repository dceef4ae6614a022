// Protects: a Perception Encoder gives the tensors of its reference, prompts and their gradients too; rotary positions
// tell nothing but how far apart two patches are; other towers of the same library are refused in words.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkModel, checkTolerance } from '../check-model.ts';
import { transposeLast } from '../graph/arrange.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import { openModel } from '../open-model.ts';
import { openOnBestProvider } from '../runtime/providers.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { gridRotation, turned as turnedBy } from './rotary.ts';

const cpu = { provider: 'cpu', threads: 1 } as const;
const fixture = (name: string): string => path.join(import.meta.dirname, '..', 'fixtures', name);
const golden = fixture('perception-encoder');
const scratch = mkdtempSync(path.join(tmpdir(), 'cuepoint-perception-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.each(['perception-encoder', 'perception-encoder-other-size'])('the reference of %s', async (name) => {
  const { tensors, passed } = await checkModel(fixture(name), cpu);
  expect(passed).toBe(true);
  expect(Object.keys(tensors)).toEqual(
    expect.arrayContaining(['vision_last_hidden', 'image_embeds', 'text_embeds', 'prompt.grad_prefix']),
  );
  for (const difference of Object.values(tensors)) expect(difference).toBeLessThan(checkTolerance);
});

test('it is opened as any other model of frames', async () => {
  await using model = await openModel(golden, cpu);
  expect(model.kind).toBe('Perception Encoder');
  expect(model.dim).toBe(40);
  const pixels = Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, at) => Math.sin(at / 50));
  const features = await model.encodeImages(pixels, 2);
  expect(features).toHaveLength(80);
  expect(Math.hypot(...features.subarray(0, 40))).toBeCloseTo(1, 5);
});

test('scores between two patches depend on how far they are apart, and the class token is not turned', async () => {
  const [grid, width] = [4, 8];
  const rows = 1 + grid * grid;
  const x = input('x', [1, 1, rows, width]);
  const turned = turnedBy(x, gridRotation(grid, width, { firstIndex: 1, step: 1, unturned: 1 }));
  const outputs = { turned, scores: matmul(turned, transposeLast(turned)) };
  // The same numbers in every row.
  const numbers = Float32Array.from({ length: rows * width }, (_, at) => Math.cos(1 + (at % width)));
  const feeds = { x: floats(numbers, [1, 1, rows, width]) };
  const { session } = await openOnBestProvider(lowerToOnnx(outputs), () => feeds, cpu);
  await using _ = session;
  const values = await session.run(feeds);
  expect([...floatsOf(values, 'turned').subarray(0, width)]).toEqual([...numbers.subarray(0, width)]);
  const scores = floatsOf(values, 'scores');
  const score = (a: number, b: number): number => scores[(1 + a) * rows + 1 + b]!;
  const at = (column: number, row: number): number => row * grid + column;
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [1, 2],
  ] as const) {
    const first = score(at(0, 0), at(dx, dy));
    for (let column = 0; column + dx < grid; column += 1)
      for (let row = 0; row + dy < grid; row += 1)
        expect(score(at(column, row), at(column + dx, row + dy))).toBeCloseTo(first, 4);
  }
  expect(score(at(0, 0), at(1, 0))).not.toBeCloseTo(score(at(0, 0), at(0, 1)), 2);
});

test('the maps of its layers have a form in whole numbers', async () => {
  const pixels = Float32Array.from({ length: 3 * 32 * 32 }, (_, at) => Math.sin(at / 50));
  await using exact = await openModel(golden, cpu);
  await using inWholeNumbers = await openModel(golden, { provider: 'cpu-int8', threads: 1 });
  const [a, b] = [await exact.encodeImages(pixels, 1), await inWholeNumbers.encodeImages(pixels, 1)];
  expect(b).not.toEqual(a);
  expect(a.reduce((sum, value, at) => sum + value * b[at]!, 0)).toBeGreaterThan(0.999);
});

describe('what is refused', () => {
  const changed = (name: string, change: (config: Config) => void): string => {
    const folder = path.join(scratch, name);
    cpSync(golden, folder, { recursive: true });
    const file = path.join(folder, 'open_clip_config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as Config;
    change(config);
    writeFileSync(file, JSON.stringify(config));
    return folder;
  };
  interface Config {
    readonly model_cfg: { embed_dim: number; vision_cfg: Record<string, unknown> };
  }

  test('another tower of timm', async () => {
    const folder = changed(
      'eva',
      ({ model_cfg: { vision_cfg: vision } }) => (vision['timm_model_name'] = 'eva02_base'),
    );
    await expect(openModel(folder, cpu)).rejects.toThrow(
      /this tower of the timm library cannot be used here, only PE-Core/,
    );
  });

  test('towers whose widths disagree', async () => {
    const folder = changed('widths', ({ model_cfg: model }) => (model.embed_dim = 48));
    await expect(openModel(folder, cpu)).rejects.toThrow(/\[40, 128\].*\[48, 128\]|\[48, 40\]|does not fit/);
  });
});
