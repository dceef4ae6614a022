import type { PresentWindow } from '#preload/contract/people.ts';
import { t } from '../language/language.ts';

/** How a window's person is called. Pure. */
export const nameOf = ({ person }: PresentWindow): string => person ?? t('Another window');

/** "Ben", "Ben and Cem", "Ben, Cem and Dana"; each once. Pure. */
export function namesOf(windows: readonly PresentWindow[]): string {
  const names = [...new Set(windows.map(nameOf))];
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')}${t(' and ')}${names.at(-1)!}`;
}
