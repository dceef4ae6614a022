// Protects: a boundary head comes back from its file as it was, and a file that is none, or not whole, says so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  boundaryHeadShapes,
  initialBoundaryHead,
  type BoundaryHeadShape,
} from '#native-models/boundary-head/boundary-head.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { readBoundaryVersion, readBoundaryVersionFacts, writeBoundaryVersion } from './boundary-version-file.ts';
import { copyWithoutSeen } from './copy-without-seen.ts';
import { tensorsAreWhole } from './tensors-are-whole.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'edges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shape: BoundaryHeadShape = { width: 10, hidden: 4, distances: [2, 4], skip: 'layer' };
const head = { shape, learned: initialBoundaryHead(shape, () => 0.25), longestS: 12 };

it('comes back as it was', () => {
  const file = path.join(folder, 'edges.safetensors');
  writeBoundaryVersion(file, { modelHash: 'abc', besideHeadOf: 'def' }, head, [3, 7]);
  expect(readBoundaryVersion(file)).toEqual(head);
  expect(readBoundaryVersionFacts(file)).toMatchObject({
    modelHash: 'abc',
    besideHeadOf: 'def',
    seen: [{ videoId: 3 }, { videoId: 7 }],
  });
  expect(tensorsAreWhole(file, 'boundaries')).toBe(true);
});

it('goes to another project without the videos that it has seen', () => {
  const [file, copy] = ['own.safetensors', 'copy.safetensors'].map((name) => path.join(folder, name));
  writeBoundaryVersion(file!, { modelHash: 'abc', besideHeadOf: null }, head, [3]);
  copyWithoutSeen(file!, copy!);
  expect(readBoundaryVersion(copy!)).toEqual(head);
  expect(readBoundaryVersionFacts(copy!).seen).toEqual([]);
});

it('says so where the file is another or not whole', () => {
  const other = path.join(folder, 'other.safetensors');
  writeSafetensors(other, new Map([['a', { shape: [1], values: Float32Array.of(1) }]]), 'F32', { cuepoint: '{' });
  expect(() => readBoundaryVersion(other)).toThrow(/is not a boundary head/);
  const short = path.join(folder, 'short.safetensors');
  const tensors = [...boundaryHeadShapes(shape)].map(([name, size]) => [
    name,
    { shape: size, values: head.learned.get(name)! },
  ]) as [string, { shape: readonly number[]; values: Float32Array }][];
  writeSafetensors(short, new Map(tensors.slice(1)), 'F32', {
    cuepoint: JSON.stringify({ modelHash: 'abc', boundary: { ...shape, longestS: 12 } }),
  });
  expect(() => readBoundaryVersion(short)).toThrow(/is damaged/);
  expect(tensorsAreWhole(short, 'boundaries')).toBe(false);
});
