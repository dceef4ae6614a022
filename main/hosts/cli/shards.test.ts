// Protects: a scheduler can tell from a worker's exit code what to do, read its log line by line, and end it by SIGTERM.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { writeFilm } from '#main/testing/write-film.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-shards-'));
const at = (name: string) => path.join(folder, name);
const env = { ...process.env, CUEPOINT_HOME: at('home') };

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['main/hosts/cli.ts', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });

async function cuepoint(...args: readonly string[]) {
  const child = start(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { code: code as number | null, stdout, stderr };
}

const linesOf = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly at: string; readonly shard: number; readonly event: string });

beforeAll(async () => {
  await makeTinyCheckpoint(at('tiny'));
  await writeFilm(at('long.mp4'), 'long: 9000');
  await writeFilm(at('short.mp4'), 'short: 40');
  expect((await cuepoint('new', at('lab'))).code).toBe(0);
  expect((await cuepoint('add', at('lab'), at('long.mp4'), at('short.mp4'))).code).toBe(0);
  const options = `--model ${at('tiny')} --provider cpu --shards 2 --out ${at('plan')} --for slurm --json`;
  const planned = await cuepoint('plan', at('lab'), ...options.split(' '));
  expect(planned.stderr).toBe('');
  expect(JSON.parse(planned.stdout)).toMatchObject({
    videos: 2,
    shards: [{ videos: 1 }, { videos: 1 }],
    submit: `sbatch ${at('plan')}/slurm.sh`,
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a worker that is told to end says so with 75, and the next one goes on where it was and ends with 0', async () => {
  const worker = start('work', at('plan'), '--shard', '0');
  const ended = once(worker, 'exit');
  const events: { readonly event: string; readonly failure?: { readonly code: string } }[] = [];
  for await (const line of createInterface({ input: worker.stderr! })) {
    events.push(JSON.parse(line) as (typeof events)[number]);
    if (events.at(-1)!.event === 'progress') worker.kill('SIGTERM');
  }
  expect((await ended)[0]).toBe(75);
  expect(events.at(-1)).toMatchObject({ event: 'end', exit: 75, failure: { code: 'cancelled' } });
  expect(readdirSync(path.join(at('plan'), 'locks'))).toEqual([]);
  const again = await cuepoint('work', at('plan'), '--shard', '0', '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ shard: 0, computed: 1, already: 0, failed: [] });
  const lines = linesOf(again.stderr);
  expect(lines.map(({ event }) => event).filter((event) => event !== 'progress')).toEqual(['start', 'video', 'end']);
  for (const line of lines) expect([line.shard, new Date(line.at).toISOString()]).toEqual([0, line.at]);
  expect((await cuepoint('work', at('plan'), '--shard', '0')).code).toBe(0);
});

test('what would fail again ends with other codes, and collecting says what is lacking', async () => {
  expect((await cuepoint('work', at('plan'), '--shard', '2')).code).toBe(66);
  expect((await cuepoint('work', at('nowhere'), '--shard', '0')).code).toBe(66);
  await writeFilm(at('short.mp4'), 'other: 40');
  const worked = await cuepoint('work', at('plan'), '--shard', '1');
  expect(worked.code).toBe(65);
  expect(worked.stdout).toContain('short.mp4 is not the film of the plan');
  expect(linesOf(worked.stderr).map(({ event }) => event)).toEqual(['start', 'failed', 'end']);
  const collected = await cuepoint('collect', at('lab'), at('plan'), '--json');
  expect(collected.code).toBe(1);
  expect(JSON.parse(collected.stdout)).toMatchObject({ absent: [{ video: 'short.mp4', shard: 1 }], refused: [] });
});
