// The runtime leaves no trace outside the program: no device id, no queue, no log, as it would with telemetry on.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { Worker } from 'node:worker_threads';

const home = mkdtempSync(path.join(tmpdir(), 'cuepoint-no-telemetry-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const session = path.join(import.meta.dirname, 'session.ts');

it('writes nothing into the home and the temporary folder when it loads', async () => {
  const { ORT_DISABLE_TELEMETRY: _, ...environment } = process.env;
  const env = { ...environment, HOME: home, TMPDIR: home, XDG_CACHE_HOME: path.join(home, 'cache') };
  const script = `await import(${JSON.stringify(session)}); console.log(process.env.ORT_DISABLE_TELEMETRY)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  expect(stdout.trim()).toBe('1');
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});

it('refuses a thread whose process did not switch it off', async () => {
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const thread = new Worker(`import(${JSON.stringify(session)})`, { eval: true, env });
  const error = await new Promise<unknown>((resolve) => thread.once('error', resolve).once('exit', resolve));
  expect(error).toMatchObject({ message: expect.stringContaining('runtime-environment.ts') });
});
