// Protects: seconds that follow each other are one segment of a person, others are not, and actions get their names.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { ava } from './ava.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const row = (second: string, action: string, person: number) => `film,${second},0.1,0.2,0.3,0.4,${action},${person}`;
const table = [row('0902', '12', 0), row('0903', '12', 0), row('0905', '12', 0), row('0903', '12', 1)].join('\n');

test('a table without a header is read, with names or without', () => {
  expect(saidRows(ava.read!(table, 'x.csv'))).toEqual([
    ['film', '12', 901.5, 903.5],
    ['film', '12', 904.5, 905.5],
    ['film', '12', 902.5, 903.5],
  ]);
  const zero = 'label {\n  name: "lie"\n}\n';
  expect(ava.read!('film,0902,0,0,1,1,0,0', 'x.csv', [{ name: 'a.pbtxt', text: zero }]).classes).toEqual([
    { name: 'lie' },
  ]);
  const text = 'item {\n  name: "stand"\n  id: 12\n}\n';
  const named = ava.read!(table, 'x.csv', [{ name: 'ava_action_list_v2.2.pbtxt', text }]);
  expect(named.classes).toEqual([{ name: 'stand' }]);
});

test('a row that lacks a cell is listed', () => {
  expect(inEnglish(ava.read!(`${table}\nfilm,0902\n`, 'x.csv').faults)).toMatchObject([{ place: 'line 5' }]);
});
