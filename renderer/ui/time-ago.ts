import { language, t } from '../language/language.ts';

const steps = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [7, 'day'],
] as const;

/** "2 minutes ago" for a time `at` (milliseconds since 1970) seen at `now`; a date once it is more than a week old. */
export function timeAgo(at: number, now: number, locale = language()): string {
  let amount = Math.max(0, Math.round((now - at) / 1000));
  if (amount < 10) return t('just now');
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [size, unit] of steps) {
    if (amount < size) return words.format(-amount, unit);
    amount = Math.floor(amount / size);
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}

/** Day and minute of a time (milliseconds since 1970). */
export const moment = (at: number): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
