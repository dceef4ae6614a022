// Checksums are plain SHA-256, read in pieces, and end when they are told to.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checksumOf } from './checksum.ts';

test('of a file longer than one piece', async () => {
  const file = path.join(temporaryFolder(), 'file.bin');
  const bytes = Buffer.alloc(3_500_000, 'cuepoint');
  writeFileSync(file, bytes);
  const shares: number[] = [];
  expect(await checksumOf(file, { onProgress: (share) => shares.push(share) })).toBe(
    createHash('sha256').update(bytes).digest('hex'),
  );
  expect(shares.length).toBeGreaterThan(2);
  expect(shares.at(-1)).toBe(1);
});

test('of what is no file', async () => {
  const folder = temporaryFolder();
  await expect(checksumOf(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(checksumOf(folder)).rejects.toMatchObject({ code: 'bad-input' });
});

test('cancelled', async () => {
  const file = path.join(temporaryFolder(), 'file.bin');
  writeFileSync(file, 'x');
  await expect(checksumOf(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
});
