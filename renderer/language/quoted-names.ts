import { t } from './language.ts';

/** `“high jump”, “pouring milk”`, as a part of a sentence: each name in the quotation marks of the language. */
export const quotedNames = (names: readonly string[]): string =>
  names.map((name) => t('“{{name}}”', { name })).join(', ');
