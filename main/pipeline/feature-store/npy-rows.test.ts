// Protects: features are compared where they lie as they are when all are read, in either width; a file that ends early is
// told.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { rowDot } from '../vectors/similarity.ts';
import { loadNpy, writeWholeNpy } from './npy-file.ts';
import { NpyRows } from './npy-rows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'npy-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const count = 40;
const random = seededRandom(3);

it.each(['float16', 'float32'] as const)('compares rows of %s, of even and of odd width', async (numbers) => {
  for (const dim of [8, 7]) {
    const file = path.join(folder, `${numbers}-${dim}.npy`);
    // Among them numbers that float16 can only hold with fewer digits, or not at all.
    const data = Float32Array.from({ length: count * dim }, (_, at) => random.normal() * 10 ** -(at % 9));
    await writeWholeNpy(file, { data, shape: [count, dim] }, numbers);
    const whole = Float32Array.from((await loadNpy(file)).data);
    const vector = Float64Array.from({ length: dim }, () => random.normal());
    using rows = new NpyRows(file);
    expect([rows.count, rows.dim]).toEqual([count, dim]);
    for (const [from, to] of [
      [0, count],
      [3, 4],
      [17, 31],
      [39, 40],
    ] as const) {
      const dots = rows.dots(from, to, vector);
      expect(rows.read(from, to)).toEqual(whole.slice(from * dim, to * dim));
      expect(dots.length).toBe(to - from);
      dots.forEach((dot, at) => expect(dot).toBeCloseTo(rowDot(whole, from + at, vector), 12));
    }
  }
});

it('says so where a file lost its end while it was open', async () => {
  const file = path.join(folder, 'cut.npy');
  await writeWholeNpy(file, { data: new Float32Array(count * 8), shape: [count, 8] });
  using rows = new NpyRows(file);
  truncateSync(file, readFileSync(file).length - 8);
  expect(() => rows.dots(0, count, new Float64Array(8))).toThrow(/ends before its last row/);
});

it('opens no file that is no array of rows', () => {
  const file = path.join(folder, 'other.npy');
  writeFileSync(file, 'no array');
  expect(() => new NpyRows(file)).toThrow(/other\.npy/);
});
