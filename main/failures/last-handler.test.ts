// Protects: a promise that nobody waited for does not end the program, and whatever nobody handled is reported here alone.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';

function run(folder: string, code: string) {
  const script = `
    import { installLastHandler } from ${JSON.stringify(join(import.meta.dirname, 'last-handler.ts'))};
    import { ReportFolder } from ${JSON.stringify(join(import.meta.dirname, 'report-folder.ts'))};
    installLastHandler(new ReportFolder(${JSON.stringify(folder)}, '0.1.0'));
    ${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

test('a rejection is told in one line and reported in a file of the person’s own; the program goes on', () => {
  const folder = join(temporaryFolder(), 'reports');
  const { stdout, stderr, status } = run(
    folder,
    `void Promise.reject(new Error('of a full\\ndisk')); setTimeout(() => console.log('alive'), 50);`,
  );
  expect({ stdout, status }).toEqual({ stdout: 'alive\n', status: 0 });
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/of a full disk.*every edit is stored/u)]);
  const [report, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  expect(stderr).toContain(report);
  expect(readFileSync(join(folder, report!), 'utf8')).toMatch(/Cuepoint 0\.1\.0.*\nError: of a full/u);
  if (process.platform !== 'win32') expect(statSync(join(folder, report!)).mode & 0o077).toBe(0);
});

test('an exception ends it, with its report; without room for one it says so', () => {
  const folder = join(temporaryFolder(), 'reports');
  const thrown = `setTimeout(() => { throw new Error('unforeseen'); }, 1); setTimeout(() => console.log('alive'), 200);`;
  expect(run(folder, thrown)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('unforeseen') });
  expect(readdirSync(folder)).toHaveLength(1);
  expect(run('/dev/null/x', thrown)).toMatchObject({ status: 1, stderr: expect.stringContaining('No report') });
});

test('what repeats itself without end fills no disk', () => {
  const folder = join(temporaryFolder(), 'reports');
  run(folder, `for (let n = 0; n < 500; n += 1) void Promise.reject(new Error('again'));`);
  expect(readdirSync(folder).length).toBeLessThanOrEqual(20);
});
