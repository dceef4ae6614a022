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
      // "i" and "to" begin too many words.
      prefix: (term) => term.length > 2,
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
 * The sections that speak of all the words, the best first. Whoever looks for help may spell them nearly, and gets those
 * that speak of some of them too, since questions are asked in whole sentences; among other things than help only what
 * is meant is of use.
 */
export function findHelp(words: string, spelt: 'nearly' | 'exactly'): Section[] {
  if (words.trim() === '') return [];
  const all = indexOf().search(words, { fuzzy: spelt === 'nearly' && 0.2 });
  const some = spelt === 'nearly' ? indexOf().search(words, { combineWith: 'OR' }) : [];
  return [...new Set([...all, ...some].map(({ id }) => sections[id as number]!))].slice(0, 20);
}
