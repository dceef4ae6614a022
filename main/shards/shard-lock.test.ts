// Protects: two workers are never at one shard for long, and one that is gone keeps nobody waiting for ever.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { takeShard } from './shard-lock.ts';

const { signal } = new AbortController();
const heartbeat = { everyMs: 20, silentMs: 600 };
const lockFile = () => join(temporaryFolder(), '0.json');

async function holderHere(pid: number): Promise<string> {
  const file = lockFile();
  using _ = await takeShard(file, { signal, onWait: () => undefined });
  return JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), token: 'other', pid });
}

test('a free shard is taken, and free again afterwards', async () => {
  const file = lockFile();
  {
    using lock = await takeShard(file, { signal, onWait: () => expect.unreachable() });
    expect(existsSync(file)).toBe(true);
    expect(lock.lost.aborted).toBe(false);
  }
  expect(existsSync(file)).toBe(false);
});

test('a worker that lives is waited for, and its shard is not taken', async () => {
  const file = lockFile();
  const contents = await holderHere(process.ppid);
  writeFileSync(file, contents);
  const beating = setInterval(() => utimesSync(file, new Date(), new Date()), 20);
  let waits = 0;
  await expect(takeShard(file, { signal, onWait: () => (waits += 1), heartbeat })).rejects.toMatchObject({
    code: 'project-busy',
    message: expect.stringContaining(String(process.ppid)),
  });
  clearInterval(beating);
  expect(waits).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(contents);
});

test('the shard of a worker that ended on this machine is taken at once', async () => {
  const file = lockFile();
  const { pid } = spawnSync('true');
  writeFileSync(file, await holderHere(pid));
  using _ = await takeShard(file, { signal, onWait: () => expect.unreachable() });
});

test('the shard of a worker elsewhere, or of nobody knows whom, is taken when it has been silent for long', async () => {
  for (const contents of [JSON.stringify({ token: 't', place: 'elsewhere', pid: 1, host: 'node7' }), '{']) {
    const file = lockFile();
    writeFileSync(file, contents);
    using _ = await takeShard(file, { signal, onWait: () => undefined, heartbeat });
  }
});

test('whoever lost a shard to another is told, and leaves the other’s lock alone', async () => {
  const file = lockFile();
  {
    using lock = await takeShard(file, { signal, onWait: () => undefined, heartbeat });
    writeFileSync(file, JSON.stringify({ token: 'other', place: 'elsewhere', pid: 1, host: 'node7' }));
    await expect.poll(() => lock.lost.aborted, { timeout: 10_000 }).toBe(true);
    expect(lock.lost.reason).toMatchObject({ code: 'project-busy' });
  }
  expect(existsSync(file)).toBe(true);
});
