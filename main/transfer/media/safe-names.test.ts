// Protects: whatever a class or a video is called, its files lie in the folder of the export, apart, and lists name them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctSafeNames, safeName } from './safe-names.ts';

test.each([
  ['high jump', 'high_jump'],
  ['../../etc/passwd', 'etc_passwd'],
  ['..', 'unnamed'],
  ['', 'unnamed'],
  ['C:\\x', 'C_x'],
  ['-rf', 'rf'],
  ['.hidden', 'hidden'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['跳高', '跳高'],
  ['e\u0301te\u0301', 'été'],
  ['a\u0000b\nc', 'a_b_c'],
])('%j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('any names become distinct parts of a path', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('a', 'A', 'a_2', '..', '/', 'é'),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const safe = distinctSafeNames(names);
      expect(new Set(safe.map((one) => one.toLowerCase())).size).toBe(names.length);
      for (const one of safe) {
        expect(one).toMatch(/^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u);
        expect(Buffer.byteLength(one)).toBeLessThanOrEqual(90);
        expect(one).not.toMatch(/[._]$/u);
      }
    }),
  );
});
