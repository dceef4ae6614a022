const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };
const keySymbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Mod: 'Ctrl',
};

/** The caps of a key combination as a person reads them: `Mod+Shift+Z` gives `Ctrl`, `Shift`, `Z`. */
export const keyCaps = (keys: string, platform: string): readonly string[] =>
  // `Mod++` means the plus key: split at the plus signs that stand between names.
  keys
    .split(/(?<=[^+])\+/)
    .map((key) => (/mac|darwin/i.test(platform) ? macSymbols[key] : undefined) ?? keySymbols[key] ?? key);

/** The same in the spelling of `aria-keyshortcuts`. */
export const ariaKeys = (keys: readonly string[]): string =>
  keys.map((combination) => combination.replace('Mod', 'Control')).join(' ');
