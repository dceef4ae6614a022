/**
 * A text without what tells whose machine and whose data it is about: paths become `<path>`, each of `names` becomes
 * `<name>`. Where a path may go on behind a space, the rest of its line goes too. Names of fewer than three characters
 * stay: they would be found everywhere.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  const hidden = names
    .filter((name) => name.trim().length >= 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, '<name>'), text.replaceAll(quotedPath, '$1<path>$2'));
  return hidden.split('\n').map(withoutPaths).join('\n');
}

/** Inside quotes or brackets a path may hold spaces. */
const quotedPath = /(["“'(])(?:file:\/\/|[A-Za-z]:[\\/]|\\\\|\/|~\/)[^"”'()\n]*(["”')])/g;

const path = /(?<![\w<])(?:https?:\/\/|file:\/\/|[A-Za-z]:[\\/]|\\\\|~?\/)[^\s"”'():;,]+/;

function withoutPaths(line: string): string {
  const found = path.exec(line);
  if (found === null) return line;
  const before = `${line.slice(0, found.index)}<path>`;
  const behind = line.slice(found.index + found[0].length);
  return mayGoOn(found[0], behind) ? before : before + withoutPaths(behind);
}

/** Whether what stands behind the first words of a path may be more of it. Addresses of the web hold no spaces. */
function mayGoOn(words: string, behind: string): boolean {
  if (/^https?:/.test(words)) return false;
  if (!isFileName.test(words)) return behind.startsWith(' ') || /[/\\]/.test(behind);
  return behind.startsWith(' ') && /[/\\]|\.[A-Za-z]\w{1,4}\b/.test(behind);
}

const isFileName = /\.[A-Za-z]\w{1,4}$/;
