import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const known = new Map<string, string>();
const cacheSchema = z.array(z.tuple([z.string(), z.string()]));
/** Entries kept in a cache file, newest last. */
const cacheLength = 64;

/**
 * SHA-256 over the contents of `files` in their order: the identity of a model's configuration and weights.
 * It is remembered, in this process and in `cacheFile` if given, for as long as sizes and modification times stay.
 */
export async function modelHash(files: readonly string[], cacheFile?: string): Promise<string> {
  const key = files.map(stamp).join('\0');
  const remembered = known.get(key) ?? readCache(cacheFile).get(key);
  if (remembered !== undefined) return remembered;
  const hash = createHash('sha256');
  for (const file of files) await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { end: false });
  const digest = hash.digest('hex');
  known.set(key, digest);
  if (cacheFile !== undefined) writeCache(cacheFile, readCache(cacheFile).set(key, digest));
  return digest;
}

function stamp(file: string): string {
  const { size, mtimeNs, ino } = statSync(file, { bigint: true });
  return [file, size, mtimeNs, ino].join('\0');
}

/** A cache that cannot be read is an empty one. */
function readCache(file: string | undefined): Map<string, string> {
  if (file === undefined) return new Map();
  try {
    return new Map(cacheSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return new Map();
  }
}

function writeCache(file: string, entries: ReadonlyMap<string, string>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify([...entries].slice(-cacheLength)));
  renameSync(partial, file);
}
