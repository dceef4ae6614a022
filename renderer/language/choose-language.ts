import type { Localization } from '@mui/material/locale';
import { speak } from './language.ts';

/** One file a language, `<tag>.json`; English is what the sentences are written in. */
const catalogues = import.meta.glob<Readonly<Record<string, string>>>('./*.json', { import: 'default' });
const fileOf = (tag: string): string => `./${tag}.json`;

export const languageTags: readonly string[] = [
  'en',
  ...Object.keys(catalogues).map((file) => file.slice('./'.length, -'.json'.length)),
];

/** What a language calls itself: `Deutsch`. */
export const ownName = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;

/** The first of the wanted languages, or of what they are a kind of, that the window can speak. Pure. */
export function firstSpoken(wanted: readonly string[], spoken: readonly string[]): string {
  for (const tag of wanted) {
    const found = [tag, tag.split('-')[0]!].find((each) => spoken.includes(each));
    if (found !== undefined) return found;
  }
  return 'en';
}

let ofComponents: readonly object[] = [];

/** The words that MUI's components bring along, for the theme. */
export const componentWords = (): readonly object[] => ofComponents;

/** Speaks the language of the settings: a tag, or `system`. To be awaited before any module with words in it is loaded. */
export async function chooseLanguage(setting: string): Promise<void> {
  const tag = firstSpoken(setting === 'system' ? globalThis.navigator.languages : [setting], languageTags);
  globalThis.document.documentElement.lang = tag;
  if (tag === 'en') return;
  const [catalogue, material, charts] = await Promise.all([
    catalogues[fileOf(tag)]!(),
    import('@mui/material/locale'),
    import('@mui/x-charts/locales'),
  ]);
  ofComponents = [material, charts].flatMap((library) => wordsIn(library, tag));
  speak(tag, catalogue);
}

/** Locales are exported by language and country, `deDE`. */
function wordsIn(library: Readonly<Record<string, unknown>>, tag: string): readonly Localization[] {
  const name = Object.keys(library).find((each) => each.startsWith(tag.replace('-', '')));
  return name === undefined ? [] : [library[name] as Localization];
}
