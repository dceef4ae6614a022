// Protects: a model that is kept in a folder computes what it computes from memory, is made once, and leaves nothing half done.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { weightInMemory } from '../checkpoint/weights-in-memory.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { linear } from './linear-algebra.ts';
import { lowerToOnnx } from './lower-to-onnx.ts';
import { keptInFolder } from './onnx-folder.ts';
import { input } from './tensor.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-onnx-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const weights = Float32Array.from({ length: 64 * 32 }, (_, at) => Math.sin(at));
const map = weightInMemory('model.layers.0.map', [32, 64], () => weights);
const outputs = { y: linear(input('x', [2, 64]), map) };
const x = floats(
  Float32Array.from({ length: 2 * 64 }, (_, at) => Math.cos(at)),
  [2, 64],
);

test('the kept form computes to the bit what the form in memory does, and is made once', async () => {
  let made = 0;
  const keep = () =>
    keptInFolder(path.join(folder, 'kept'), (gatheredIn) => {
      made += 1;
      return lowerToOnnx(outputs, 'int8', gatheredIn);
    });
  await using inMemory = await openSession(lowerToOnnx(outputs, 'int8'), { provider: 'cpu-int8' });
  const expected = floatsOf(await inMemory.run({ x }), 'y');
  for (const file of [keep(), keep()]) {
    await using session = await openSession(file, { provider: 'cpu-int8' });
    expect(floatsOf(await session.run({ x }), 'y')).toEqual(expected);
  }
  expect(made).toBe(1);
});

test('a form that could not be written fails, and is not there', () => {
  const file = path.join(folder, 'a file');
  writeFileSync(file, '');
  expect(() => keptInFolder(path.join(file, 'kept'), (name) => lowerToOnnx(outputs, 'int8', name))).toThrow(/ENOTDIR/);
  const broken = path.join(folder, 'broken');
  const lower = () => {
    throw new Error('no weights');
  };
  expect(() => keptInFolder(broken, lower)).toThrow('no weights');
  expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
});
