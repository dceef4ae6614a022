import type { NamedText } from '../annotation-set.ts';

/**
 * Names of classes by the number or code that annotations use, from lists that lie beside them: `3 drink`, `c003 drink`,
 * `3,drink`, or one name a line, counted from 0.
 */
export function classListOf(companions: readonly NamedText[] = []): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { text } of companions) {
    const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
    const coded = lines.map((line) => /^\s*([a-z]?\d+)(?:\s*,\s*|[\t ]+)(.*\S)\s*$/u.exec(line));
    const isCoded = coded.every((one) => one !== null);
    for (const [index, line] of lines.entries()) {
      const [, code, name] = isCoded ? coded[index]! : [null, String(index), line.trim()];
      if (!names.has(code)) names.set(code, name);
    }
  }
  return names;
}
