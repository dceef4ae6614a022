/** `12 KB`, `3.4 GB`; `decimal` writes a number with so many digits after the point. */
export function sizeWords(
  bytes: number,
  decimal = (value: number, digits: number): string => value.toFixed(digits),
): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${decimal(amount, power > 0 && amount < 10 ? 1 : 0)} ${units[power]}`;
}
