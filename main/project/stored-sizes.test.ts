// Protects: what features take on the disk is told, each kind by itself, in words that people use.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sizeWords } from '#preload/domain/size-words.ts';
import { partsOf } from './folder-parts.ts';
import { storedSizes } from './stored-sizes.ts';

test('features are counted by kind; a project without any has none', async () => {
  const folder = partsOf(mkdtempSync(join(tmpdir(), 'cuepoint-sizes-')));
  onTestFinished(() => rmSync(folder.path, { recursive: true }));
  expect(await storedSizes(folder)).toEqual({ frames: 0, dense: 0, proposals: 0, clips: 0 });
  const clips = join(folder.features, 'abc-clips-1');
  mkdirSync(clips, { recursive: true });
  const files = [
    [folder.features, 'abc-4fps-1.npy', 100],
    [folder.features, 'abc-4fps-1.times.npy', 10],
    [folder.features, 'abc-4fps-1-dense-2.npy', 90],
    [folder.features, 'abc-4fps-1-stage-proposals-3.npy', 4],
    [folder.features, 'abc-4fps-1-stage-spans-3.npy', 16],
    [clips, '0-5.npy', 7],
    [clips, '5-9.npy', 8],
  ] as const;
  for (const [place, name, size] of files) writeFileSync(join(place, name), Buffer.alloc(size));
  expect(await storedSizes(folder)).toEqual({ frames: 110, dense: 90, proposals: 20, clips: 15 });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_200, '1.2 KB'],
  [48_000_000, '48 MB'],
  [3_400_000_000, '3.4 GB'],
])('%d bytes', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
