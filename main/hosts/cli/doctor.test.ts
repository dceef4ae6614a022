// Protects: one page says whether this machine can run the studio, and what to do where it cannot.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';

interface Finding {
  readonly part: string;
  readonly verdict: string;
  readonly says: string;
}

describe('cuepoint doctor', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-doctor-'));
  const home = path.join(folder, 'home');
  const model = path.join(folder, 'tiny');
  const cuepoint = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync(process.execPath, ['main/hosts/cli.ts', ...args, '--json'], {
      cwd: path.resolve(import.meta.dirname, '../../..'),
      env: { ...process.env, CUEPOINT_HOME: home },
      encoding: 'utf8',
    });
    const { well, findings } = JSON.parse(stdout) as { well: boolean; findings: readonly Finding[] };
    return { status, well, of: (part: string) => findings?.find((one) => one.part === part) };
  };

  beforeAll(() => makeTinyCheckpoint(model));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('says of a fresh machine that all is there, and that no model is added', () => {
    const { status, well, of } = cuepoint('doctor');
    expect({ status, well }).toEqual({ status: 0, well: true });
    expect(of('decoder')).toMatchObject({ verdict: 'well', says: expect.stringMatching(/frames of h264 found/) });
    expect(of('model as shipped')).toMatchObject({
      verdict: 'well',
      says: expect.stringMatching(/^loads, runs on \w+/),
    });
    expect(of('models')).toMatchObject({ verdict: 'poor', says: expect.stringMatching(/models add/) });
    expect(of('disk')?.says).toMatch(/free/);
  });

  test('names the model whose folder is gone, and a home that others can read', () => {
    mkdirSync(home, { recursive: true });
    cuepoint('models', 'add', model);
    expect(cuepoint('doctor').of('model tiny')).toMatchObject({ verdict: 'well' });
    rmSync(model, { recursive: true });
    if (process.platform !== 'win32') chmodSync(home, 0o755);
    const { status, well, of } = cuepoint('doctor');
    expect({ status, well }).toEqual({ status: 1, well: false });
    expect(of('model tiny')).toMatchObject({ verdict: 'fails', says: expect.stringContaining(model) });
    if (process.platform !== 'win32') expect(of('home')).toMatchObject({ verdict: 'poor' });
  });
});
