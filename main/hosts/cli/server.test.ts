// Protects: a server is set from the command line with its secret out of sight, and what it does is said; the whole way
// from the settings to features goes over it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playInferenceServer, testAuthority } from '#e2e/models/inference-server.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { readNpy } from '#main/pipeline/feature-store/npy.ts';
import { writeFilm } from '#main/testing/write-film.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-server-'));
const at = (name: string) => path.join(folder, name);

const started = (...args: readonly string[]) =>
  spawn(process.execPath, ['main/hosts/cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, CUEPOINT_HOME: at('home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function cuepoint(...args: readonly string[]) {
  const child = started(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, stdout, stderr };
}

beforeAll(async () => {
  await makeTinyCheckpoint(at('tiny'));
  await writeFilm(at('a.mp4'), 'a: 60');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('export, serve, set, embed: the server computes, is sent the token, and no file but one holds it', async () => {
  const exported = await cuepoint(
    'models',
    'export',
    at('tiny'),
    '--for',
    'triton',
    '--out',
    at('repository'),
    '--json',
  );
  expect(JSON.parse(exported.stdout)).toMatchObject({
    name: 'tiny',
    models: [{ name: 'tiny-frames', version: 1 }, {}],
  });
  await using server = await playInferenceServer('http', at('repository'));
  writeFileSync(at('token'), 'secret-of-the-lab\n');
  const set = await cuepoint('models', 'server', server.address, '--model', 'tiny', '--token-file', at('token'));
  expect(set.stdout).toContain('frames and texts leave this machine');
  const embedded = await cuepoint('embed', at('a.mp4'), '--model', at('tiny'), '--out', at('remote.npy'), '--json');
  expect(JSON.parse(embedded.stdout)).toMatchObject({ provider: 'remote', rows: 9 });
  expect(server.authorization).toBe('Bearer secret-of-the-lab');
  const told = await cuepoint('models', 'server', '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({ in_use: true, has_token: true, server: { model: 'tiny' } });
  for (const { stdout, stderr } of [set, embedded, told]) expect(stdout + stderr).not.toContain('secret');
  const holding = readdirSync(at('home'), { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(at('home'), name);
    return statSync(file).isFile() && readFileSync(file, 'utf8').includes('secret-of-the-lab');
  });
  expect(holding).toEqual(['inference-server-token.json']);
  if (process.platform !== 'win32')
    expect(statSync(path.join(at('home'), 'inference-server-token.json')).mode & 0o077).toBe(0);

  await cuepoint('models', 'server', '--off');
  server.rows.length = 0;
  await cuepoint('embed', at('a.mp4'), '--model', at('tiny'), '--out', at('local.npy'));
  expect(server.rows).toEqual([]);
  const [remote, local] = ['remote.npy', 'local.npy'].map((name) => readNpy(readFileSync(at(name)), name).data);
  expect(Math.max(...remote!.map((value, index) => Math.abs(value - local![index]!)))).toBeLessThan(1e-4);

  // Ended in the middle, it leaves no request behind at the server.
  await cuepoint('models', 'server', server.address, '--model', 'tiny');
  server.spoilt = { silent: true };
  const ending = started('embed', at('a.mp4'), '--model', at('tiny'), '--out', at('ended.npy'));
  const exit = once(ending, 'exit');
  await expect.poll(() => server.held, { timeout: 30_000 }).toBe(1);
  ending.kill('SIGINT');
  await exit;
  await expect.poll(() => server.cut, { timeout: 10_000 }).toBe(1);

  // Another machine is not told the secret of this one.
  await cuepoint('models', 'server', 'http://127.0.0.1:9', '--model', 'tiny');
  expect(JSON.parse((await cuepoint('models', 'server', '--json')).stdout)).toMatchObject({ has_token: false });
  const nameless = await cuepoint('models', 'server', 'http://127.0.0.1:9');
  expect({ code: nameless.code, said: nameless.stderr }).toEqual({
    code: 1,
    said: expect.stringContaining('Say as --model under which name'),
  });
  const refused = await cuepoint('models', 'server', 'ftp://gpu.lab', '--model', 'tiny');
  expect({ code: refused.code, said: refused.stderr }).toEqual({
    code: 1,
    said: expect.stringContaining('an address begins with'),
  });
}, 120_000);

test('over TLS the authority of the lab is given as a file, which is checked', async () => {
  await using server = await playInferenceServer('https', at('repository'));
  const set = (...given: readonly string[]) =>
    cuepoint('models', 'server', server.address, '--model', 'tiny', ...given);
  const said = async (...given: readonly string[]) => {
    const { code, stderr } = await set(...given);
    return { code, stderr };
  };
  expect(await said('--ca-file', at('gone.pem'))).toEqual({ code: 1, stderr: expect.stringContaining('gone.pem') });
  expect(await said('--ca-file', at('token'))).toEqual({
    code: 1,
    stderr: expect.stringContaining('holds no certificate'),
  });
  await set();
  const unknown = await cuepoint('embed', at('a.mp4'), '--model', at('tiny'), '--out', at('unknown.npy'));
  expect({ code: unknown.code, said: unknown.stderr }).toEqual({
    code: 1,
    said: expect.stringContaining('signed by an authority that this machine does not know'),
  });
  writeFileSync(at('ca.pem'), testAuthority());
  await set('--ca-file', at('ca.pem'));
  const embedded = await cuepoint('embed', at('a.mp4'), '--model', at('tiny'), '--out', at('tls.npy'), '--json');
  expect(JSON.parse(embedded.stdout)).toMatchObject({ provider: 'remote', rows: 9 });
}, 120_000);
