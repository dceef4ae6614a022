// Protects: what failed crosses every border with its values apart, and is never lost where an older program kept words alone.
import { expect, test } from 'vitest';
import { asFailure, Failure } from './failure.ts';
import { say } from './saying.ts';

const missing = new Failure('not-found', say('{{count}} files are missing.', { count: 1200 }), { path: '/data' });

test('it reads in English, for the command line and logs', () => {
  expect(missing.message).toBe('1,200 files are missing.');
  expect(missing.toValue()).toMatchObject({ message: missing.message, said: missing.said, details: { path: '/data' } });
});

test.each([
  ['as a value of another process', missing.toValue()],
  ['over RPC', { code: missing.code, message: missing.message, data: { ...missing.details, said: missing.said } }],
])('%s it arrives whole', (_, value) => {
  const arrived = asFailure(JSON.parse(JSON.stringify(value)) as typeof value);
  expect(arrived.toValue()).toEqual(missing.toValue());
});

test('of an older program its words alone arrive', () => {
  const arrived = asFailure({ code: 'internal', message: 'It broke {{so}}.' });
  expect(arrived).toMatchObject({ message: 'It broke {{so}}.', details: {} });
});
