import MiniSearch from 'minisearch';
import { chapters, sectionsOf, type Section } from './chapters.ts';

const sections = chapters.flatMap(sectionsOf);

let index: MiniSearch | null = null;

/** Made when something is looked for first. */
function indexOf(): MiniSearch {
  if (index !== null) return index;
  index = new MiniSearch({
    fields: ['heading', 'title', 'text'],
    searchOptions: {
      boost: { heading: 4, title: 2 },
      prefix: true,
      // A number says nothing of what it is about.
      processTerm: (term) => (/\p{L}/u.test(term) ? term.toLowerCase() : null),
      combineWith: 'AND',
    },
  });
  index.addAll(
    sections.map(({ chapter, heading, text }, id) => ({
      id,
      heading,
      title: chapters.find(({ name }) => name === chapter)!.title,
      text,
    })),
  );
  return index;
}

/**
 * The sections that speak of the words, the best first. Whoever looks for help may spell them nearly; among other things
 * than help only what is meant is of use.
 */
export const findHelp = (words: string, spelt: 'nearly' | 'exactly'): Section[] =>
  words.trim() === ''
    ? []
    : indexOf()
        .search(words, { fuzzy: spelt === 'nearly' && 0.2 })
        .map(({ id }) => sections[id as number]!)
        .slice(0, 20);
