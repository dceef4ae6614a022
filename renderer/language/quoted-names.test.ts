// Each of several names stands in the quotation marks of the language, the inner ones too.
import { expect, test } from 'vitest';
import german from './de.json' with { type: 'json' };
import { speak } from './language.ts';
import { quotedNames } from './quoted-names.ts';

test.each([
  ['en', {}, '“a”, “b”, “c”'],
  ['de', german, '„a“, „b“, „c“'],
])('%s', (tag, catalogue, list) => {
  speak(tag, catalogue);
  expect(quotedNames(['a', 'b', 'c'])).toBe(list);
});
