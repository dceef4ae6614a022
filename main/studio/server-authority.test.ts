// Protects: what is set as a server's authority is a certificate that holds, and no key or other text is kept beside it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testAuthority } from '#e2e/models/inference-server.ts';
import { authorityIn } from './server-authority.ts';

const key = readFileSync(path.join(import.meta.dirname, '../../e2e/models/tls/server.key'), 'utf8');
const pem = testAuthority();

test('certificates are kept, and nothing else of the file', () => {
  expect(authorityIn(`# of the lab\n${key}\n${pem}${pem}`)).toBe(`${pem.trim()}\n${pem.trim()}\n`);
  expect(authorityIn(authorityIn(pem))).toBe(authorityIn(pem));
  expect(authorityIn(' \n')).toBe('');
});

test.each([
  ['no PEM', 'hello', 'holds no certificate'],
  ['a key', key, 'holds no certificate'],
  ['a damaged one', pem.replace('\n', '\nAAAA'), 'is damaged'],
])('%s is refused', (_, text, words) => {
  expect(() => authorityIn(text)).toThrow(words);
});

test('one that holds no longer is refused by name', () => {
  expect(() => authorityIn(pem, Date.UTC(2130, 0))).toThrow(/CN=Test Lab Authority expired on /);
});
