import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A finite number. */
export function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is no number.');
  return value;
}

/** A whole number from 0. */
export function wholeNumberOf(text: string): number {
  const value = numberOf(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It is no whole number from 0.');
  return value;
}

/** Collects an option that takes several values. */
export const list =
  <Value>(read: (text: string) => Value) =>
  (text: string, before: readonly Value[] | undefined): Value[] => [...(before ?? []), read(text)];

/** One of a few words. */
export const oneOf =
  <const Word extends string>(words: readonly Word[]) =>
  (text: string): Word => {
    const word = words.find((candidate) => candidate === text);
    if (!word) throw new InvalidArgumentError(`It is none of ${words.join(', ')}.`);
    return word;
  };
