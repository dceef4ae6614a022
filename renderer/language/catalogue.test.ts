// Protects: every sentence of the window is in every catalogue, whole; nothing in a catalogue is stale; no word of the
// window is said past it. `npx vitest run renderer/language/catalogue.test.ts -u` adds what is missing to each catalogue,
// still empty, and takes out what nobody says any more.
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { wordsIn } from '../testing/said-words.ts';

// But what gives the catalogue's words, and the names of chapters of the help, which is English.
const sources = import.meta.glob<string>(
  [
    '../**/*.{ts,tsx}',
    '!../**/*.test.*',
    '!../testing/**',
    '!../*.config.ts',
    '!./{language,counted,said}.ts',
    '!../shared/help.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);
// What the backend says to people in other languages as well; the rest of its texts is English.
const ofBackend = import.meta.glob<string>(
  ['../../{main,preload,native-models}/**/*.ts', '!../../**/*.test.ts', '!../../main/{lab,testing,launch}/**'],
  { query: '?raw', import: 'default', eager: true },
);
// Where words that no catalogue has are told: commands, what is handed to a scheduler, where failures arrive, and what a
// library says of a value; a learner that is fed the wrong clips is nobody's but the program's fault.
const saysVerbatim =
  /main\/(hosts\/(cli\/|serve\.ts|team-file\.ts)|shards\/|evaluate\/|api\/implementer\.ts)|preload\/domain\/(failure|saying)\.ts|xclip\/clip-learner\.ts/u;
const shown = Object.entries(sources).map(([file, source]) => wordsIn(file, source));
const told = Object.entries(ofBackend)
  .filter(([, source]) => /\bsay\b.*\/saying\.ts'/u.test(source))
  .map(([file, source]) => wordsIn(file, source, 'say'));
// What the models of the library are good at is data, and is said in the window's language.
const { default: library } = await import('../../resources/model-library.json');
const said = [
  ...[...shown, ...told].flatMap((each) => each.said),
  ...library.map(({ goodAt }) => ({ key: goodAt, plural: false })),
];

const catalogues = Object.entries(
  import.meta.glob<Readonly<Record<string, string>>>('./*.json', { import: 'default', eager: true }),
);

const placesIn = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}|<\w+\/>/g))].sort();
const keysOf = (tag: string): string[] => {
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  return [
    ...new Set(said.flatMap(({ key, plural }) => (plural ? forms.map((form) => `${key}_${form}`) : [key]))),
  ].sort();
};

test('each sentence is written out where it is said', () => {
  expect(said.length).toBeGreaterThan(1000);
  expect(told.flatMap((each) => each.said).length).toBeGreaterThan(100);
  expect([...shown, ...told].flatMap(({ unreadable }) => unreadable)).toEqual([]);
});

test('no word is shown that was not said by the catalogue', () => {
  expect(shown.flatMap(({ bare }) => bare)).toEqual([]);
});

describe.each(catalogues)('%s', (file, catalogue) => {
  const tag = file.slice('./'.length, -'.json'.length);

  test('it has the sentences that are said, sorted, and no other', async () => {
    const whole = Object.fromEntries(keysOf(tag).map((key) => [key, catalogue[key] ?? '']));
    await expect(await format(JSON.stringify(whole), { parser: 'json', printWidth: 120 })).toMatchFileSnapshot(file);
  });

  test('none is empty, and each has the places of its English', () => {
    for (const [key, text] of Object.entries(catalogue)) {
      expect(text, key).not.toBe('');
      const places = placesIn(key);
      // The form for one may say it in words.
      const left = key.endsWith('_one') ? places.filter((place) => place !== '{{count}}') : places;
      expect(
        placesIn(text).filter((place) => left.includes(place) || !places.includes(place)),
        key,
      ).toEqual(left);
    }
  });
});

test('what fails is said by the catalogue, but for what only commands and the lab say', () => {
  const past = Object.entries(ofBackend)
    .filter(([file, source]) => /\bverbatim\(/u.test(source) && !saysVerbatim.test(file))
    .map(([file]) => file);
  expect(past).toEqual([]);
});
