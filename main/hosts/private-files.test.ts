// What a project and the home folder hold is this person's alone; an export is as readable as any other file of theirs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const home = path.join(folder, 'home');
const project = path.join(folder, 'p.cuepoint');
const cuepoint = (...args: string[]) =>
  execFileSync('sh', ['-c', 'umask 022; exec "$@"', 'sh', process.execPath, 'main/hosts/cli.ts', ...args], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, CUEPOINT_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const modeOf = (file: string): number => statSync(file).mode & 0o777;

test.skipIf(process.platform === 'win32')('files are kept from other users of the machine', () => {
  cuepoint('new', project, '--classes', 'jump');
  for (const root of [project, home]) {
    const inside = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => path.join(root, name));
    expect(inside.length).toBeGreaterThan(0);
    for (const file of [root, ...inside]) expect(modeOf(file) & 0o077, file).toBe(0);
  }
  const out = path.join(folder, 'out.json');
  cuepoint('export', project, '--format', 'coco', '--out', out);
  expect(modeOf(out)).toBe(0o644);
});

test.skipIf(process.platform === 'win32')(
  'nothing lies under a name that others can foresee in the shared folder',
  () => {
    const shared = path.join(folder, 'shared');
    spawnSync('mkdir', [shared]);
    spawnSync(process.execPath, ['main/hosts/cli.ts', 'models', 'check', 'native-models/fixtures/clip-gelu'], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      env: { ...process.env, CUEPOINT_HOME: home, TMPDIR: shared },
    });
    expect(readdirSync(shared)).toEqual([]);
  },
);
