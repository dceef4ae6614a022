/**
 * A text without what tells whose machine and whose data it is about: paths become `<path>`, each of `names` becomes
 * `<name>`. Names of fewer than three characters stay: they would be found everywhere.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  const hidden = names
    .filter((name) => name.trim().length >= 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, '<name>'), text.replaceAll(quotedPath, '$1<path>$2'));
  return hidden.replaceAll(path, '<path>');
}

/** Inside quotes or brackets a path may hold spaces. */
const quotedPath = /(["“'(])(?:file:\/\/|[A-Za-z]:[\\/]|\\\\|\/|~\/)[^"”'()\n]*(["”')])/g;

const path = /(?<![\w<])(?:file:\/\/|[A-Za-z]:[\\/]|\\\\|~?\/)[^\s"”'():;,]+/g;
