/** The number that a person typed, with a point or a comma; NaN for none. */
export function typedNumber(text: string): number {
  const number = text.trim().replace(',', '.').replace('−', '-');
  return number === '' ? Number.NaN : Number(number);
}
