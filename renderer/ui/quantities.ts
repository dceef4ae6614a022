import { sizeWords } from '#preload/domain/size-words.ts';
import { language } from '../language/language.ts';

// Numbers are written one way everywhere: as the window's language writes them, thousands in groups, whole percent with
// a space before the sign.

const writers = new Map<string, Intl.NumberFormat>();

function write(value: number, least: number, most: number): string {
  const key = `${language()} ${least} ${most}`;
  let writer = writers.get(key);
  if (!writer) {
    writer = new Intl.NumberFormat(language(), { minimumFractionDigits: least, maximumFractionDigits: most });
    writers.set(key, writer);
  }
  return writer.format(value);
}

/** `1,234`. */
export const grouped = (count: number): string => write(count, 0, 0);

/** `2.50`: so many digits after the point. */
export const decimal = (value: number, digits: number): string => write(value, digits, digits);

/** `2.5`: at most so many digits after the point, and no zeros at the end. */
export const rounded = (value: number, digits: number): string => write(value, 0, digits);

/** `72 %`. */
export const percent = (share: number): string => `${grouped(Math.round(share * 100))} %`;

/** `3.4 GB`. */
export const fileSize = (bytes: number): string => sizeWords(bytes, decimal);
