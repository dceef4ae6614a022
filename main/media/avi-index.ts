import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** An index entry (`AVIOLDINDEX`): tag, flags, offset and size, four bytes each. */
const entryBytes = 16;

/** An hour of pictures and sound takes a few MB of entries. */
const longestIndex = 64 * 1024 * 1024;

/** So many entries, evenly spread, are compared with what lies where they point. */
const entriesCompared = 64;

/**
 * Whether the index at the end of an AVI file (`idx1`) contradicts the file: entries without a tag, or that point to
 * where no such chunk lies. FFmpeg counts entries to tell times and may read only what they name, so that pictures get
 * lost or move. False for any other file, and where there is no index.
 */
export async function aviIndexContradicts(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (!handle) return false;
  try {
    const found = await findIndex(handle);
    return found !== null && (await contradicts(handle, found));
  } finally {
    await handle.close();
  }
}

interface FoundIndex {
  readonly entries: Buffer;
  /** Where the tag `movi` lies, from which most writers count offsets. */
  readonly moviAt: number;
}

async function findIndex(handle: FileHandle): Promise<FoundIndex | null> {
  const riff = await bytesAt(handle, 0, 12);
  if (tagAt(riff, 0) !== 'RIFF' || tagAt(riff, 8) !== 'AVI ') return null;
  let moviAt = -1;
  for (let at = 12; ;) {
    const head = await bytesAt(handle, at, 12);
    if (head.length < 12) return null;
    const size = head.readUInt32LE(4);
    if (tagAt(head, 0) === 'LIST' && tagAt(head, 8) === 'movi') moviAt = at + 8;
    if (tagAt(head, 0) === 'idx1') {
      if (moviAt < 0) return null;
      return { entries: await bytesAt(handle, at + 8, Math.min(size, longestIndex)), moviAt };
    }
    at += 8 + size + (size % 2);
  }
}

async function contradicts(handle: FileHandle, { entries, moviAt }: FoundIndex): Promise<boolean> {
  const count = Math.floor(entries.length / entryBytes);
  for (let entry = 0; entry < count; entry += 1) if (entries.readUInt32LE(entry * entryBytes) === 0) return true;
  const step = Math.max(1, Math.floor(count / entriesCompared));
  // Offsets count from the start of the file where they do not count from `movi`.
  const bases = new Set([moviAt, 0]);
  for (let entry = 0; entry < count && bases.size > 0; entry += step) {
    const at = entry * entryBytes;
    // Entries of lists and padding name no packet.
    if (!/^\d\d/.test(tagAt(entries, at))) continue;
    for (const base of bases) {
      const chunk = await bytesAt(handle, base + entries.readUInt32LE(at + 8), 8);
      const sameTag = chunk.length === 8 && tagAt(chunk, 0) === tagAt(entries, at);
      if (!sameTag || chunk.readUInt32LE(4) !== entries.readUInt32LE(at + 12)) bases.delete(base);
    }
  }
  return bases.size === 0;
}

const tagAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 4);

async function bytesAt(handle: FileHandle, at: number, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, at);
  return buffer.subarray(0, bytesRead);
}
