// Protects: a model folder's own temporal module comes back as it was written, and a file that cannot be used says why.
import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundaryHeadShapes, initialBoundaryHead } from '../boundary-head/boundary-head.ts';
import { ownHeadShape } from '../boundary-head/own-boundaries.ts';
import { checkModel } from '../check-model.ts';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { openModel } from '../open-model.ts';
import { readTemporalModule, temporalModuleName, writeTemporalModule } from './temporal-module-file.ts';
import { temporalParameterShapes, type TemporalShape } from './temporal-transformer.ts';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'clip-legacy-eos');
const shape: TemporalShape = { width: 40, heads: 4, layers: 1, frames: 8, skip: 'outer' };
const learned = new Map(
  [...temporalParameterShapes(shape)].map(([name, size], index) => {
    const length = size.reduce((product, each) => product * each, 1);
    return [name, Float32Array.from({ length }, (_, at) => Math.sin(at + index))];
  }),
);
const about = { ...shape, fps: 4 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'temporal-'));
  cpSync(fixture, folder, { recursive: true });
  file = path.join(folder, temporalModuleName);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The file as `writeTemporalModule` makes it, but for what a test changes. */
function writeOddly(
  metadata: Readonly<Record<string, string>>,
  change: (tensors: Map<string, { shape: readonly number[]; values: Float32Array }>) => void = () => {},
): void {
  const sizes = temporalParameterShapes(shape);
  const tensors = new Map([...learned].map(([name, values]) => [name, { shape: sizes.get(name)!, values }]));
  change(tensors);
  writeSafetensors(file, tensors, 'F32', metadata);
}

const saying = (value: unknown): Record<string, string> => ({ cuepoint: JSON.stringify(value) });

describe('a temporal module in a model folder', () => {
  test('is none where the folder has none', async () => {
    expect(readTemporalModule(folder, 40)).toBeNull();
    await using model = await openModel(folder, { provider: 'cpu' });
    expect(model.temporal).toBeNull();
  });

  test('comes back as it was written, in full precision', () => {
    writeTemporalModule(file, { shape, fps: 4, learned, boundaries: null });
    expect(readTemporalModule(folder, 40)).toEqual({ shape, fps: 4, learned, boundaries: null });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('comes back with the boundary head that it brings along', async () => {
    const head = ownHeadShape(40, { hidden: 3, distances: [1, 2] });
    let draw = 0;
    const boundaries = {
      shape: head,
      longestS: 8,
      learned: initialBoundaryHead(head, () => Math.fround(Math.sin((draw += 1)))),
    };
    writeTemporalModule(file, { shape, fps: 4, learned, boundaries });
    expect(readTemporalModule(folder, 40)).toEqual({ shape, fps: 4, learned, boundaries });
    await using model = await openModel(folder, { provider: 'cpu' });
    expect(model.temporal!.boundaries).toEqual({ shape: head, longestS: 8 });
    const first = [...boundaryHeadShapes(head).keys()][0]!;
    writeOddly(saying({ ...about, boundaries: { hidden: 3, distances: [1, 2], longestS: 8 } }));
    expect(() => readTemporalModule(folder, 40)).toThrow(`'boundaries.${first}'`);
  });

  test('comes back rounded where it was written in half precision', () => {
    writeTemporalModule(file, { shape, fps: 12.5, learned, boundaries: null }, 'F16');
    const found = readTemporalModule(folder, 40)!;
    expect(found).toMatchObject({ shape, fps: 12.5 });
    for (const [name, values] of learned)
      for (const [at, value] of values.entries()) expect(found.learned.get(name)![at]).toBeCloseTo(value, 3);
  });

  test('is told of when the model is opened and checked, and leaves the identity of its features alone', async () => {
    const hashes: string[] = [];
    const open = async (): Promise<string | null> => {
      await using model = await openModel(folder, { provider: 'cpu' });
      hashes.push(model.hash);
      expect(model.temporal?.fps ?? 4).toBe(4);
      return model.temporal && model.temporal.hash;
    };
    await open();
    writeTemporalModule(file, { shape, fps: 4, learned, boundaries: null });
    const first = await open();
    writeTemporalModule(file, { shape, fps: 4, learned, boundaries: null }, 'F16');
    const second = await open();
    expect(new Set(hashes).size).toBe(1);
    expect(new Set([null, first, second]).size).toBe(3);
    expect(await checkModel(folder, { provider: 'cpu' })).toMatchObject({
      passed: true,
      temporal: { frames: 8, fps: 4 },
    });
  });

  test.each<readonly [string, RegExp, () => void]>([
    ['is no safetensors file', /cut off or not a safetensors/, () => writeFileSync(file, 'nonsense')],
    ['says nothing of itself', /no entry 'cuepoint'/, () => writeOddly({})],
    ['describes itself in no JSON', /not JSON/, () => writeOddly({ cuepoint: '{' })],
    ['describes itself wrongly', /wrongly: fps/, () => writeOddly(saying({ ...about, fps: 0 }))],
    ['has heads that do not divide its width', /heads/, () => writeOddly(saying({ ...about, heads: 3 }))],
    [
      'lacks a tensor',
      /no tensor 'temporal.layers.0.norm2.bias'/,
      () => writeOddly(saying(about), (tensors) => tensors.delete('temporal.layers.0.norm2.bias')),
    ],
    [
      'holds a tensor of another shape',
      /'temporal.positions' as \[8, 40\]/,
      () => writeOddly(saying({ ...about, frames: 16 })),
    ],
    [
      'announces more layers than it has tensors',
      /1000000 layers/,
      () => writeOddly(saying({ ...about, layers: 1e6 })),
    ],
    [
      'announces more layers of a boundary head than it has tensors',
      /40 layers of a boundary head/,
      () =>
        writeOddly(
          saying({ ...about, boundaries: { hidden: 1, distances: Array.from({ length: 40 }, () => 1), longestS: 8 } }),
        ),
    ],
    ['is for features of another model', /features of 48 numbers/, () => writeOddly(saying({ ...about, width: 48 }))],
  ])('is refused by its name where it %s', async (_, reason, write) => {
    write();
    const refused = { code: 'unreadable-model', message: expect.stringMatching(reason), details: { file } };
    expect(() => readTemporalModule(folder, 40)).toThrow(reason);
    await expect(openModel(folder, { provider: 'cpu' })).rejects.toMatchObject(refused);
  });

  test('is refused where it is cut off, or holds what is no number', () => {
    writeTemporalModule(file, { shape, fps: 4, learned, boundaries: null });
    truncateSync(file, 4000);
    expect(() => readTemporalModule(folder, 40)).toThrow(/cut off/);
    writeOddly(
      saying(about),
      (tensors) => (tensors.get('temporal.positions')!.values = new Float32Array(320).fill(NaN)),
    );
    expect(() => readTemporalModule(folder, 40)).toThrow(/NaN/);
  });
});
