// Protects: a page of measurements has every row, under its case.
import { expect, test } from 'vitest';
import { compared, measured } from './bench-case.ts';
import { benchPage } from './bench-page.ts';

test('rows stand under their cases', () => {
  const rows = [measured('an hour', 'ms', 12), compared('a year', 's', 3, 6), measured('an hour', 's', 0.012)];
  const page = benchPage({ name: 'scale', machine: { cores: 2, node: 'v24' }, rows });
  expect(page).toContain('cores 2, node v24.');
  const [, hour, year] = page.split('## ');
  expect(hour).toMatch(/^an hour\n[^]*\| ms \| 12 \| {2}\| {2}\|\n\| s \| 0\.012 \|/);
  expect(year).toMatch(/^a year\n[^]*\| s \| 3 \| 6 \| 0\.5 \|/);
});
