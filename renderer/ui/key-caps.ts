import { t } from '../language/language.ts';

const isMac = (platform: string): boolean => /mac|darwin/i.test(platform);

const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };
const keySymbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Delete: t('Del', { context: 'key' }),
  End: t('End', { context: 'key' }),
  Enter: t('Enter', { context: 'key' }),
  Escape: t('Esc', { context: 'key' }),
  Home: t('Home', { context: 'key' }),
  PageUp: t('PgUp'),
  PageDown: t('PgDn'),
  Mod: t('Ctrl'),
  Shift: t('Shift', { context: 'key' }),
  Space: t('Space', { context: 'key' }),
};

const macNames: Readonly<Record<string, string>> = {
  Mod: t('Command', { context: 'key' }),
  Alt: t('Option', { context: 'key' }),
};
/** Signs that a voice reads as something else, or not at all. */
const keyNames: Readonly<Record<string, string>> = {
  Mod: t('Control', { context: 'key' }),
  Shift: t('Shift', { context: 'key' }),
  ArrowLeft: t('left arrow'),
  ArrowRight: t('right arrow'),
  ArrowUp: t('up arrow'),
  ArrowDown: t('down arrow'),
  Backspace: t('Backspace', { context: 'key' }),
  Delete: t('Delete', { context: 'key' }),
  End: t('End', { context: 'key' }),
  Enter: t('Enter', { context: 'key' }),
  Escape: t('Escape', { context: 'key' }),
  Home: t('Home', { context: 'key' }),
  PageUp: t('page up'),
  PageDown: t('page down'),
  Space: t('Space', { context: 'key' }),
  '+': t('plus'),
  '-': t('minus'),
  '=': t('equals'),
  '.': t('full stop'),
  ',': t('comma'),
  ';': t('semicolon'),
  "'": t('apostrophe'),
  '/': t('slash'),
  '\\': t('backslash'),
  '[': t('left bracket'),
  ']': t('right bracket'),
  '<': t('less than'),
  '>': t('greater than'),
  '?': t('question mark'),
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
