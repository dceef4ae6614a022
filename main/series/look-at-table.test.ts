// Protects what is seen of a table before it is added: a file of any length is read, in UTF-8 and in UTF-16.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { lookAtTable } from './look-at-table.ts';

const lookAt = (bytes: Uint8Array) => {
  const place = join(temporaryFolder(), 'imu.csv');
  writeFileSync(place, bytes);
  return lookAtTable(place, null, 20_000_000);
};
const table = (rows: number, last: string): string =>
  ['t_ms;x', ...Array.from({ length: rows }, (_, i) => `${i * 20};${i % 10},5`), `${rows * 20};${last}`].join('\n');

test.each(['1', '12'])('a small table, of odd and of even length, that ends in %s', (last) => {
  const { columns, rows } = lookAt(Buffer.from(table(20, last)));
  expect(columns).toMatchObject([
    { name: 't_ms', kind: 'number' },
    { name: 'x', kind: 'number' },
  ]);
  expect(rows[1]).toMatchObject({ timeUs: 20_000, cells: ['20', '1,5'] });
});

test.each(['utf8', 'utf16le'] as const)('of a large one in %s the first rows', (encoding) => {
  const text = `\uFEFF${table(60_000, '1')}`;
  const { columns, rows } = lookAt(Buffer.from(text, encoding));
  expect(columns.map(({ name }) => name)).toEqual(['t_ms', 'x']);
  expect(rows[1]).toMatchObject({ timeUs: 20_000, cells: ['20', '1,5'] });
});
