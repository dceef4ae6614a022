import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFingerprint } from '#preload/domain/video-facts.ts';

/** Bytes that are read at the head, in the middle and at the tail. */
const sampleBytes = 1 << 16;

/**
 * When a file was last changed, in the system's words; of a folder of frames, of all its files together. The system's own
 * time of change is part of it, which no program can set back. Fails as looking at files does.
 */
export function changedAt(path: string): string {
  if (!statSync(path).isDirectory()) return timesOf(path);
  const times = readdirSync(path).map((name) => `${name} ${timesOf(join(path, name))}`);
  return createHash('sha256').update(times.toSorted().join('\n')).digest('hex');
}

/** The same with what is in it, as three places tell. */
export const fingerprintOf = (path: string): FileFingerprint => ({
  changedAt: changedAt(path),
  sample: sampleOf(path),
});

/** SHA-256, hex, of a file's length, head, middle and tail; of a folder, of its first, middle and last file. */
export function sampleOf(path: string): string {
  const hash = createHash('sha256');
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path).toSorted();
    hash.update(names.join('\n'));
    for (const index of new Set([0, names.length >> 1, names.length - 1])) {
      const file = join(path, names[index] ?? '');
      if (names[index] !== undefined && statSync(file).isFile()) hash.update(sampleOf(file));
    }
    return hash.digest('hex');
  }
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    hash.update(String(size));
    const last = Math.max(0, size - sampleBytes);
    for (const at of new Set([0, last >> 1, last])) {
      const bytes = new Uint8Array(sampleBytes);
      hash.update(bytes.subarray(0, readSync(file, bytes, 0, sampleBytes, at)));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function timesOf(path: string): string {
  const { mtimeMs, ctimeMs, size } = statSync(path);
  return `${mtimeMs} ${ctimeMs} ${size}`;
}
