import { InvalidArgumentError } from '@commander-js/extra-typings';

/** Whole numbers from 0, separated by commas, each once. */
export function numbersOf(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^\d+$/.test(part) || !Number.isSafeInteger(Number(part)));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is no whole number from 0.`);
  return [...new Set(parts.map(Number))];
}
