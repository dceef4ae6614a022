import { say, type SaidValue } from './saying.ts';

/** "a, b or c" of what may be chosen; nothing for none. */
export const anyOf = (choices: readonly SaidValue[]): SaidValue =>
  joined(choices, (before, last) => say('{{before}} or {{last}}', { before, last }));

/** "a, b and c". */
export const allOf = (values: readonly SaidValue[]): SaidValue =>
  joined(values, (before, last) => say('{{before}} and {{last}}', { before, last }));

function joined(values: readonly SaidValue[], by: (before: SaidValue, last: SaidValue) => SaidValue): SaidValue {
  const [last] = values.slice(-1);
  if (last === undefined) return '';
  return values.length === 1 ? last : by(values.slice(0, -1), last);
}
