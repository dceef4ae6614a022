import { english, saying } from '#preload/domain/saying.ts';

/** The same with every saying in it as its English sentence, so that a test reads as a person would. */
export function inEnglish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== 'object' || value === null) return value;
  const said = saying.safeParse(value);
  if (said.success) return english(said.data);
  return Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inEnglish(each)]))
    : value;
}
