const isMac = (platform: string): boolean => /mac|darwin/i.test(platform);

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

const macNames: Readonly<Record<string, string>> = { Mod: 'Command', Alt: 'Option' };
/** Signs that a voice reads as something else, or not at all. */
const keyNames: Readonly<Record<string, string>> = {
  Mod: 'Control',
  ArrowLeft: 'left arrow',
  ArrowRight: 'right arrow',
  ArrowUp: 'up arrow',
  ArrowDown: 'down arrow',
  PageUp: 'page up',
  PageDown: 'page down',
  '+': 'plus',
  '-': 'minus',
  '=': 'equals',
  '.': 'full stop',
  ',': 'comma',
  ';': 'semicolon',
  "'": 'apostrophe',
  '/': 'slash',
  '\\': 'backslash',
  '[': 'left bracket',
  ']': 'right bracket',
  '<': 'less than',
  '>': 'greater than',
  '?': 'question mark',
};

/** `Mod++` means the plus key: split at the plus signs that stand between names. */
const partsOf = (keys: string): readonly string[] => keys.split(/(?<=[^+])\+/);

/** The caps of a key combination as a person reads them: `Mod+Shift+Z` gives `Ctrl`, `Shift`, `Z`. */
export const keyCaps = (keys: string, platform: string): readonly string[] =>
  partsOf(keys).map((key) => (isMac(platform) ? macSymbols[key] : undefined) ?? keySymbols[key] ?? key);

/** A key combination as it is said: `Shift+ArrowLeft` gives `Shift + left arrow`. */
export const spokenKeys = (keys: string, platform = navigator.platform): string =>
  partsOf(keys)
    .map((key) => (isMac(platform) ? macNames[key] : undefined) ?? keyNames[key] ?? key)
    .join(' + ');

/** The same in the spelling of `aria-keyshortcuts` (WAI-ARIA 1.2, 6.6), where a plus key is named. */
export const ariaKeys = (keys: readonly string[], platform = navigator.platform): string =>
  keys
    .map((combination) =>
      partsOf(combination)
        .map((key) => (key === 'Mod' ? (isMac(platform) ? 'Meta' : 'Control') : key === '+' ? 'Plus' : key))
        .join('+'),
    )
    .join(' ');
