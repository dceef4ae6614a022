/**
 * The class names in what was typed or pasted: split at line ends, commas, semicolons and tabs; trimmed, without repeats
 * and without those that `known` already holds (letter case aside). Pure.
 */
export function parseClassNames(text: string, known: readonly string[]): string[] {
  const seen = new Set(known.map((name) => name.toLocaleLowerCase()));
  return text
    .split(/[\n\r,;\t]+/)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((name) => {
      const key = name.toLocaleLowerCase();
      if (name === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
