// Protects: no package is used that is publicly known to be dangerous, as far as the advisories that came along tell.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findingsIn, knownAdvisories, toldByAudit } from './advisories.ts';

const lock = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};

test('no advisory names a version of the lock file; `npm run advisories` tells more', () => {
  expect(findingsIn(lock, knownAdvisories())).toEqual([]);
});

test('versions are compared by number, wherever a package lies', () => {
  const advisories = [
    {
      id: 'GHSA-x',
      package: '@a/b',
      title: 'It opens the door.',
      affected: [['1.2.0', '1.10.0'] as const],
      source: 's',
    },
  ];
  const placesWith = (version: string) =>
    findingsIn({ packages: { 'node_modules/c/node_modules/@a/b': { version } } }, advisories).length;
  expect(['1.1.9', '1.2.0', '1.9.9', '1.10.0', '2.0.0'].map(placesWith)).toEqual([0, 1, 1, 0, 0]);
  expect(findingsIn({ packages: { 'node_modules/b': { version: '1.2.0' } } }, advisories)).toEqual([]);
});

test('each advisory names a range, and where it was looked up', () => {
  for (const { id, affected, title, source } of knownAdvisories()) {
    expect(id).toMatch(/^GHSA(-[0-9a-z]{4}){3}$/u);
    expect(title).not.toBe('');
    expect(source).toMatch(/https:|reviewed/u);
    for (const range of affected) for (const version of range) expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  }
});

test('what the registry says is heard, and its silence is told from its all-clear', () => {
  const via = [{ title: 'It opens the door.', url: 'https://x' }, 'another'];
  expect(toldByAudit(JSON.stringify({ vulnerabilities: { a: { via } } }))).toEqual([
    'a: It opens the door. (https://x)',
  ]);
  expect(toldByAudit('{"vulnerabilities":{}}')).toEqual([]);
  expect(toldByAudit('{"message":"405 Method Not Allowed"}')).toBeNull();
  expect(toldByAudit('')).toBeNull();
});
