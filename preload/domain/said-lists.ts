import { english, say, type SaidValue, type Saying } from './saying.ts';

/** "a, b or c" of what may be chosen; nothing for none. */
export const anyOf = (choices: readonly SaidValue[]): SaidValue =>
  joined(choices, (before, last) => say('{{before}} or {{last}}', { before, last }));

/** "a, b and c". */
export const allOf = (values: readonly SaidValue[]): SaidValue =>
  joined(values, (before, last) => say('{{before}} and {{last}}', { before, last }));

/** Each once, in the order in which they came. */
export const distinct = (all: readonly Saying[]): readonly Saying[] => [
  ...new Map(all.map((one) => [english(one), one])).values(),
];

/** "a; b; c" of what may hold commas itself; of many the first, and how many more there are. */
export function someOf(values: readonly SaidValue[], count = values.length): SaidValue {
  const more = count - namedAtOnce;
  const named = (more > 1 ? values.slice(0, namedAtOnce) : values).reduce<SaidValue>(
    (before, next, index) => (index === 0 ? next : say('{{before}}; {{next}}', { before, next })),
    '',
  );
  return more > 1 ? say('{{named}} and {{more}} more', { named, more }) : named;
}

const namedAtOnce = 12;

function joined(values: readonly SaidValue[], by: (before: SaidValue, last: SaidValue) => SaidValue): SaidValue {
  const [last] = values.slice(-1);
  if (last === undefined) return '';
  return values.length === 1 ? last : by(values.slice(0, -1), last);
}
