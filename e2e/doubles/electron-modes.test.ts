// The packaged app is its own command line and server, without a window: outputs and exit codes pass through it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ensureBuilt } from './built-program.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cuepoint-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const root = path.resolve(import.meta.dirname, '../..');
const args = [path.join(import.meta.dirname, 'electron/run-electron.ts'), 'main/hosts/electron.ts'];
const options = { cwd: root, env: { ...process.env, CUEPOINT_HOME: home } };

test('--cli runs a command', () => {
  const run = spawnSync(process.execPath, [...args, '--cli', 'formats', '--json'], { ...options, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toMatchObject({
    formats: expect.arrayContaining([expect.objectContaining({ id: 'coco' })]),
  });
  expect(run.status).toBe(0);
});

test('a command by its own name runs without a window, as the link that packages install is typed', () => {
  for (const [word, said] of [
    ['formats', /coco/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['--help', /propose/],
  ] as const) {
    const run = spawnSync(process.execPath, [...args, word], { ...options, encoding: 'utf8' });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(said);
  }
});

test('--cli runs the engine as a utility process and fails with its words', () => {
  const model = path.join(home, 'no-model');
  const run = spawnSync(process.execPath, [...args, '--cli', 'models', 'add', model, '--json'], {
    ...options,
    encoding: 'utf8',
  });
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: expect.any(String) } });
  expect(run.stderr).toContain('no-model');
  expect(run.status).toBe(1);
});

test('the build for Electron runs as the sources do, its engine included', () => {
  ensureBuilt();
  const built = [args[0]!, 'dist/app/main/hosts/electron.js', '--cli', 'models', 'check'];
  const run = spawnSync(process.execPath, [...built, 'native-models/fixtures/clip-gelu', '--json'], {
    ...options,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toMatchObject({ model: 'clip-gelu', passed: true });
});

test('the build for Electron imports no package that is left out of the app', () => {
  ensureBuilt();
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const built = globSync('dist/app/**/*.js', { cwd: root });
  const imports = /^(?:im|ex)port (?:.* from )?"([^".#/\n]+[^"\n]*)"|\bimport\("([^".#/\n]+[^"\n]*)"\)/gm;
  const imported = built.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(imports)].map(
      ([, always, whenNeeded]) => always ?? whenNeeded!,
    ),
  );
  expect(imported).toContain('zod');
  const provided = ['electron', ...Object.keys(dependencies)];
  const missing = imported.filter(
    (name) => !name.startsWith('node:') && !provided.some((one) => name === one || name.startsWith(`${one}/`)),
  );
  expect([...new Set(missing)]).toEqual([]);
});

test('--serve prints its link and ends in order', async () => {
  ensureBuilt();
  const child = spawn(process.execPath, [...args, '--serve', '--json'], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url } = JSON.parse(printed) as { url: string };
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
});
