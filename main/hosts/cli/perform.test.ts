// Protects: a script reads in a failure's details the sentences that a person would, and not their parts.
import { afterEach, expect, test, vi } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { printFailure } from './perform.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

test('what is said within details is said in English', () => {
  const printed: string[] = [];
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const reason = say('{{provider}} stopped working while it was used: {{reason}}', {
    provider: 'cuda',
    reason: say('the graphics card was lost'),
  });
  const trials = [{ provider: 'cuda', error: reason, milliseconds: null }];
  printFailure(new Failure('bad-input', say('No.'), { provider: 'cuda', reason, trials }).toValue(), true);
  const words = 'cuda stopped working while it was used: the graphics card was lost';
  expect(JSON.parse(printed.join(''))).toEqual({
    error: {
      code: 'bad-input',
      message: 'No.',
      details: { provider: 'cuda', reason: words, trials: [{ provider: 'cuda', error: words, milliseconds: null }] },
    },
  });
  expect(process.exitCode).toBe(1);
});
