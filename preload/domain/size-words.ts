import { say, type FixedNumber, type Saying } from './saying.ts';

/** `12 KB`, `3.4 GB`; `decimal` writes a number with so many digits after the point. */
export function sizeWords(
  bytes: number,
  decimal = (value: number, digits: number): string => value.toFixed(digits),
): string {
  const { amount, unit } = inUnits(bytes);
  return `${decimal(amount.value, amount.digits)} ${unit}`;
}

/** The same as a part of a sentence. */
export const sizeSaid = (bytes: number): Saying => say('{{amount}} {{unit}}', { ...inUnits(bytes) });

function inUnits(bytes: number): { readonly amount: FixedNumber; readonly unit: string } {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return { amount: { value, digits: power > 0 && value < 10 ? 1 : 0 }, unit: units[power]! };
}
