import { createInstance } from 'i18next';

type Words = Readonly<Record<string, string>>;

let numbers = new Intl.NumberFormat('en');

const words = createInstance();
// A number stands in a sentence as the language writes it; what is a name and no amount is handed over as text.
words.use({
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? numbers.format(value) : value),
});
void words.init({
  lng: 'en',
  fallbackLng: false,
  resources: {},
  initAsync: false,
  // The English sentence is the key: no sign in it parts it, and what people named is put in as it is.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/** The window's language as a BCP 47 tag. English until `speak` chose another. */
export const language = (): string => words.language;

/** A number by itself, as the language writes it; with so many digits after the point where that is said. */
export const number = (value: number, digits?: number): string =>
  digits === undefined
    ? numbers.format(value)
    : value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Says everything in a language from here on. What was said before stays, so this comes before the first word. */
export function speak(tag: string, catalogue: Words = {}): void {
  numbers = new Intl.NumberFormat(tag);
  words.addResourceBundle(tag, 'translation', catalogue);
  void words.changeLanguage(tag);
}

interface Values {
  /** What stands in the places of a sentence. */
  readonly [place: string]: string | number | undefined;
  /** Chooses the plural form. */
  readonly count?: number;
  /** The English for a single one. */
  readonly one?: string;
  /** Tells apart what English calls by the same word: the catalogue's key is then `Delete_key`. */
  readonly context?: string;
}

/**
 * A sentence in the window's language. The English one is its key, written out where it is said, `{{places}}` and all:
 * `t('{{count}} segments', { count, one: '{{count}} segment' })`.
 */
export const t = (english: string, { one, ...values }: Values = {}): string =>
  words.t(english, { ...values, nest: false, ...(one !== undefined && { defaultValue_one: one }) });

/** What stands by itself elsewhere, within a sentence: English then writes it small. */
export const inSentence = (said: string): string => (language() === 'en' ? said.toLowerCase() : said);
