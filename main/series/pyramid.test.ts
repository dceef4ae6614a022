import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostInTile, recordingTileUs, tileFields } from '#preload/domain/recording.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { buildPyramid, factor, foldEnvelopes, levelSizes, levelStart } from './pyramid.ts';
import { readTile, readTimeIndex } from './read-tile.ts';

const samples = fc.array(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN)), {
  minLength: 1,
  maxLength: 300,
});

const envelope = (values: readonly number[]): readonly [number, number] => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...known), Math.max(...known)];
};

test('the envelope at every level is that of the samples below it', () => {
  fc.assert(
    fc.property(samples, (values) => {
      let level: Float64Array = Float64Array.from(values);
      for (let depth = 1; depth < levelSizes(values.length).length; depth += 1) {
        level = foldEnvelopes(level, depth === 1);
        expect(level.length).toBe(levelSizes(values.length)[depth]! * 2);
        for (let at = 0; at < level.length / 2; at += 1) {
          const [low, high] = envelope(values.slice(at * factor ** depth, (at + 1) * factor ** depth));
          expect([level[at * 2]! + 0, level[at * 2 + 1]! + 0]).toEqual([low + 0, high + 0]);
        }
      }
    }),
  );
});

test('a file holds every level where it is looked for, and tiles of every level span the samples in them', async () => {
  const folder = temporaryFolder();
  const rows = 50_000;
  // Bursts and pauses, some moments twice.
  let us = 0;
  const times = Float64Array.from({ length: rows }, (_, row) => {
    us += row === 0 || row % 97 === 0 ? 0 : row % 1000 === 0 ? 3_000_000 : 250 + (row % 5) * 100;
    return us;
  });
  const values = Float64Array.from(times, (_, row) =>
    row % 613 < 5 ? Number.NaN : 1.5 + Math.sin(row / 50) * (row % 11),
  );
  const paths = { times: join(folder, 'times'), column: join(folder, 'column') };
  await writeFile(paths.times, times);
  await writeFile(paths.column, values);
  for (const path of Object.values(paths)) await buildPyramid(path, rows, async () => undefined);
  expect(levelStart(rows, 2)).toBe(rows + 2 * levelSizes(rows)[1]!);
  const index = await readTimeIndex(paths.times, rows);

  const before = (endUs: number): number => times.filter((each) => each < endUs).length;
  for (const level of [0, 2, 5, 8, 12]) {
    const lengthUs = recordingTileUs(level);
    const last = Math.floor(us / lengthUs);
    for (const tile of new Set([0, 1, last >> 1, last, last + 3])) {
      const first = Math.max(0, before(tile * lengthUs) - 1);
      const end = Math.min(rows, before((tile + 1) * lengthUs) + 1);
      let size = 1;
      while ((end - first) / size > mostInTile) size *= factor;
      const entries = Array.from({ length: Math.ceil(end / size) - Math.floor(first / size) }, (_, at) => {
        const from = (Math.floor(first / size) + at) * size;
        const to = Math.min(rows, from + size);
        return [times[from]!, times[to - 1]!, ...envelope(Array.from(values.subarray(from, to)))];
      });
      const found = await readTile(paths, rows, index, { level, tile });
      expect([...found], `level ${level}, tile ${tile}`).toEqual(entries.flat());
      expect(found.length / tileFields).toBeLessThanOrEqual(mostInTile + 3);
    }
  }
});
