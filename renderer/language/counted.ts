import { t } from './language.ts';

/**
 * `1 segment`, `1,204 segments`, as a part of a sentence; `many` is the English plural where an s does not make it. The
 * catalogue holds each noun as `{{count}} segments`.
 */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  t(`{{count}} ${many}`, { count, one: `{{count}} ${one}` });
