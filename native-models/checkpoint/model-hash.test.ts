// Protects: the identity of a model follows its bytes, and is not worked out again while the files stay as they are.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { modelHash } from './model-hash.ts';

let folder: string;
let files: string[];
let cache: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'model-hash-'));
  files = ['config.json', 'model.safetensors'].map((name) => path.join(folder, name));
  cache = path.join(folder, 'state', 'hashes.json');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('is the SHA-256 of the files one after the other, and changes with any byte', async () => {
  writeFileSync(files[0]!, '{}');
  writeFileSync(files[1]!, 'weights');
  expect(await modelHash(files, cache)).toBe(createHash('sha256').update('{}weights').digest('hex'));
  writeFileSync(files[1]!, 'weightS');
  expect(await modelHash(files, cache)).toBe(createHash('sha256').update('{}weightS').digest('hex'));
});

test('is remembered in the cache file by the next start of the program; a damaged cache is no harm', async () => {
  const entries = JSON.parse(readFileSync(cache, 'utf8')) as [string, string][];
  writeFileSync(cache, JSON.stringify(entries.map(([key]) => [key, 'remembered'])));
  expect(await (await nextStart())(files, cache)).toBe('remembered');
  const { atime, mtime } = statSync(files[1]!);
  utimesSync(files[1]!, atime, new Date(mtime.getTime() + 5000));
  const digest = createHash('sha256').update('{}weightS').digest('hex');
  expect(await (await nextStart())(files, cache)).toBe(digest);
  writeFileSync(cache, 'not json');
  expect(await (await nextStart())(files, cache)).toBe(digest);
});

/** The function as a process that has hashed nothing yet sees it. */
async function nextStart(): Promise<typeof modelHash> {
  vi.resetModules();
  return (await import('./model-hash.ts')).modelHash;
}
