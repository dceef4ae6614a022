// Class names in any language, typed one by one or pasted as a list.
import { expect, test } from 'vitest';
import { parseClassNames } from './parse-class-names.ts';

test.each([
  ['high jump', [], ['high jump']],
  [' volleyball spiking, throw discus ,baseball pitch', [], ['volleyball spiking', 'throw discus', 'baseball pitch']],
  ['跳高\r\n撑杆跳\n\n', [], ['跳高', '撑杆跳']],
  ['High Jump;high jump\tHIGH JUMP', [], ['High Jump']],
  ['run, jump', ['Run'], ['jump']],
  ['  ,; ', [], []],
  ['long   jump 🏃', [], ['long jump 🏃']],
])('%j beside %j', (text, known, names) => expect(parseClassNames(text, known)).toEqual(names));
