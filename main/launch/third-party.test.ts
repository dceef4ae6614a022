// Nothing is shipped whose licence is not on the list.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticesFile, thirdPartyNotices } from './third-party.ts';

test('the list of third-party software is current; `npm run licences` makes it so', () => {
  expect(readFileSync(noticesFile, 'utf8')).toBe(thirdPartyNotices());
});

test('every licence on it is one that may be shipped under the terms of the package', () => {
  const rows = thirdPartyNotices()
    .match(/^\| .+ \|$/gm)!
    .slice(2);
  const licences = new Set(rows.map((row) => row.split('|')[2]!.trim()));
  const accepted = [
    '0BSD',
    'Apache-2.0',
    // The same, as USearch writes it.
    'Apache 2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
    'MPL-2.0',
    'OFL-1.1',
    'Unlicense',
    'CC0-1.0',
    'Python-2.0',
  ];
  const isAccepted = (licence: string) =>
    licence
      .replace(/[()]/g, '')
      .split(/ OR | AND /)
      .some((each) => accepted.includes(each));
  expect([...licences].filter((licence) => !isAccepted(licence))).toEqual([]);
});
