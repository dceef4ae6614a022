// Protects: the window's scripts and the program lie in the archive whose integrity the packaged app checks.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const builder = readFileSync(resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8');

/** The indented lines under a key of the first level, without comments. */
function under(key: string): string[] {
  const [, block] = new RegExp(`^${key}:\\n((?:  .*\\n|\\n|#.*\\n)*)`, 'mu').exec(builder) ?? [];
  return (block ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

test('only native libraries lie beside the archive', () => {
  expect(builder).toMatch(/^asar: true$/mu);
  const unpacked = under('asarUnpack').map((line) => line.replace(/^- /u, ''));
  expect(unpacked.length).toBeGreaterThan(0);
  expect(
    unpacked.filter(
      (pattern) => !/^node_modules\/(?:better-sqlite3|node-av|@seydx|onnxruntime-node)\/\*\*$/u.test(pattern),
    ),
  ).toEqual([]);
  expect(under('files')).toContain('- dist/**');
  const besides = under('extraResources').filter((line) => line.startsWith('- from: '));
  expect(besides.filter((line) => line.includes('dist'))).toEqual([]);
});

test('the app loads from the archive alone, checks it, and is no plain Node', () => {
  expect(under('electronFuses')).toEqual(
    expect.arrayContaining([
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
    ]),
  );
});
