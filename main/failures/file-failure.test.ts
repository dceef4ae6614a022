// What the system refuses means the same wherever it shows: one code for each of its errors, and the file is named.
import { readFileSync, writeFileSync } from 'node:fs';
import { verbatim } from '#preload/domain/saying.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureValueOf } from '../call-port/failure-value.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { fileFailure } from './file-failure.ts';
import { toFailure } from './to-failure.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
const named = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'forbidden'],
  ['EPERM', 'forbidden'],
  ['EROFS', 'read-only'],
  ['ENOENT', 'not-found'],
  ['ENOTDIR', 'not-found'],
  ['EISDIR', 'bad-input'],
])('%s is %s, in this process and from another', (name, code) => {
  const error = named(name);
  expect(fileFailure(error, 'a.npy')).toMatchObject({
    code,
    message: expect.stringContaining('a.npy: '),
    cause: error,
  });
  expect(toFailure(error).code).toBe(code);
  expect(failureValueOf(error).code).toBe(code);
});

test('the system’s own errors name the file and what to do', () => {
  const folder = temporaryFolder();
  const gone = join(folder, 'gone.txt');
  expect(toFailure(thrownBy(() => readFileSync(gone)))).toMatchObject({
    code: 'not-found',
    message: `${gone}: it is not there; check the path.`,
    details: { path: gone },
  });
  expect(toFailure(thrownBy(() => readFileSync(folder)))).toMatchObject({ code: 'bad-input' });
  writeFileSync(gone, '');
  expect(toFailure(thrownBy(() => readFileSync(join(gone, 'x'))))).toMatchObject({ code: 'not-found' });
});

test('advice that fits better replaces the usual, for its code alone', () => {
  const advice = { 'disk-full': verbatim('empty the bin') };
  expect(fileFailure(named('ENOSPC'), 'a', advice)?.message).toBe('a: the disk is full; empty the bin.');
  expect(fileFailure(named('EROFS'), 'a', advice)?.message).toMatch(/choose another place/u);
});

test.each([named('SQLITE_FULL'), new Error('x'), 'ENOSPC', null])('%s is none of the system’s', (error) => {
  expect(fileFailure(error)).toBeNull();
});
