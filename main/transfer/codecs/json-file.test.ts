// Protects: JSON as Python writes it is read, strings stay as they are, and no text takes longer than one pass.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json-file.ts';

test('bare NaN and Infinity are null; in strings they stay', () => {
  const text = String.raw`{"a": NaN, "b": [-Infinity, Infinity], "NaN": "a \" NaN \\", "c": "\\", "d": NaN}`;
  expect(parseJson(text)).toEqual({
    a: null,
    b: [null, null],
    NaN: String.raw`a " NaN \\`.slice(0, -1),
    c: '\\',
    d: null,
  });
});

test('whatever strings say, they come back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('"', '\\', 'NaN', '-Infinity', '\\"NaN'))), (texts) => {
      const json = JSON.stringify({ texts, value: 'here' }).replace('"here"', 'NaN');
      fc.pre(!texts.includes('here'));
      expect(parseJson(json)).toEqual({ texts, value: null });
    }),
  );
});

test.each([
  ['a string of quotes that never ends', `"${'\\"'.repeat(2_000_000)}`],
  ['quotes without a string', '"'.repeat(2_000_001)],
])('%s is refused in one pass', (_, text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('a long string is no level of nesting', () => {
  expect(parseJson(`{"a": NaN, "b": "${'x'.repeat(40_000_000)}"}`)).toMatchObject({ a: null });
});
