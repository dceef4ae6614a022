// Protects: the release workflow calls scripts that exist, builds every target on its own system, tries each package
// there, and gives no step more rights than it needs. The commands themselves are run by other tests.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  shell: z.literal('bash').optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const target = z.strictObject({ name: z.string(), runner: z.string(), targets: z.string(), program: z.string() });
const job = z.strictObject({
  needs: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.strictObject({ include: z.array(target) }) })
    .optional(),
  steps: z.array(step),
});
const workflow = z
  .strictObject({
    name: z.string(),
    on: z.record(z.string(), z.unknown()),
    permissions: z.strictObject({ contents: z.literal('read') }),
    jobs: z.strictObject({ test: job, build: job, draft: job }),
  })
  .parse(parse(read('.github/workflows/release.yml')));

const steps = Object.values(workflow.jobs).flatMap((one) => one.steps);
const scriptsRun = (text: string): string[] =>
  [...text.matchAll(/npm (?:run )?([a-z][\w:]*)/g)]
    .map(([, name]) => name!)
    .filter((name) => !/^(ci|sbom)$/.test(name));

test('runs scripts that exist: all tests, packaging, the journey through the package', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
  const named = steps.flatMap(({ run }) => scriptsRun(run ?? ''));
  expect(named.toSorted()).toEqual(['e2e:packaged', 'package', 'test']);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  expect(workflow.jobs.build.needs).toBe('test');
  expect(workflow.jobs.draft.needs).toBe('build');
});

test('builds each system and processor on a machine of that kind', () => {
  const runners: Readonly<Record<string, RegExp>> = {
    'linux-x64': /^ubuntu-[\d.]+$/,
    'linux-arm64': /^ubuntu-[\d.]+-arm$/,
    'windows-x64': /^windows-\d{4}$/,
    'windows-arm64': /^windows-11-arm$/,
    'mac-arm64': /^macos-\d+$/,
  };
  const { include } = workflow.jobs.build.strategy!.matrix;
  expect(include.map(({ name }) => name).toSorted()).toEqual(Object.keys(runners).toSorted());
  for (const { name, runner, targets } of include) {
    expect(runner, name).toMatch(runners[name]!);
    const [system, processor] = name.split('-');
    expect(targets).toBe(`--${system === 'windows' ? 'win' : system} --${processor}`);
  }
  const builder = z
    .looseObject({ linux: z.looseObject({ target: z.array(z.string()) }) })
    .parse(parse(read('electron-builder.yml')));
  expect(builder).toMatchObject({
    linux: { target: ['AppImage', 'deb', 'rpm', 'tar.gz'], executableName: 'cuepoint' },
    win: { target: ['nsis', 'zip'] },
    mac: { target: ['dmg', 'zip'], hardenedRuntime: true, entitlements: 'resources/entitlements.mac.plist' },
    fileAssociations: [{ ext: 'cuepoint', isPackage: true }],
  });
});

test('only the draft may write, secrets reach the build alone, and no text of others becomes a command', () => {
  for (const [name, { permissions }] of Object.entries(workflow.jobs))
    expect(permissions, name).toEqual(name === 'draft' ? { contents: 'write' } : undefined);
  const holdsSecret = steps.filter(({ env }) => Object.values(env ?? {}).some((value) => value.includes('secrets.')));
  expect(holdsSecret.map(({ name }) => name)).toEqual(['Build, signed where there is a certificate']);
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
});
