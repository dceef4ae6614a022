import type { Quality } from '#preload/domain/quality.ts';

/** More classes than anybody reads at once: a cell each would be thousands. */
const mostClasses = 30;

/** `[K + 1, K + 1]` counts of the classes that are shown, and how many are not. */
export interface Confusion {
  readonly classIds: readonly number[];
  readonly counts: readonly (readonly number[])[];
  readonly leftOut: number;
}

/** The classes that are marked or proposed, in their order; of many, those with most mistakes. Pure. */
export function confusionOf({ classes, confusion }: Pick<Quality, 'classes' | 'confusion'>): Confusion {
  const nothing = classes.length;
  const mistakesOf = (index: number): number =>
    confusion.reduce((sum, row, at) => sum + (at === index ? 0 : row[index]!), 0) +
    confusion[index]!.reduce((sum, count, at) => sum + (at === index ? 0 : count), 0);
  const present = [...classes.keys()].filter((index) => mistakesOf(index) + confusion[index]![index]! > 0);
  const shown = present
    .toSorted((a, b) => mistakesOf(b) - mistakesOf(a) || a - b)
    .slice(0, mostClasses)
    .toSorted((a, b) => a - b);
  const indices = [...shown, nothing];
  return {
    classIds: shown.map((index) => classes[index]!.classId),
    counts: indices.map((row) => indices.map((column) => confusion[row]![column]!)),
    leftOut: present.length - shown.length,
  };
}
