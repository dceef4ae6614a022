/** What of a keyboard event decides which command it means. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const shiftMatters = (key: string): boolean => key.length > 1 || /[a-z ]/i.test(key);

const withModifiers = (stroke: Stroke, key: string, shift: boolean): string =>
  [stroke.ctrlKey || stroke.metaKey ? 'Mod' : '', stroke.altKey ? 'Alt' : '', shift ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+');

const named = (key: string): string => (key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key);

/**
 * The names a stroke goes by in a command's `keys`, best first: modifiers `Mod` (Ctrl, or Command on a Mac), `Alt`,
 * `Shift` in that order, then the key: `Mod+Shift+Z`, `ArrowLeft`, `Space`, `[`, `?`. A printed symbol swallows Shift.
 * Where the layout prints something else (Cyrillic, AZERTY digits), the key's place on the board follows.
 */
export function strokeNames(stroke: Stroke): readonly string[] {
  const printed = withModifiers(stroke, named(stroke.key), stroke.shiftKey && shiftMatters(stroke.key));
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(stroke.code)?.[1];
  if (place === undefined || /^[a-z0-9]$/i.test(stroke.key)) return [printed];
  return [printed, withModifiers(stroke, place, stroke.shiftKey)];
}
