import { create } from 'zustand';

/** The chapters of the help, in reading order, by the names of their files in `resources/help`. */
export const chapterNames = [
  'first-hour',
  'the-loop',
  'timeline',
  'models',
  'teaching',
  'team',
  'formats',
  'command-line',
  'scripting',
  'papers',
  'keys',
  'troubleshooting',
  'how-it-works',
] as const;
export type ChapterName = (typeof chapterNames)[number];

/** What the `?` of a panel opens: a chapter, and a section where one speaks of that panel alone. */
const chapterOfPanel: Readonly<Record<string, readonly [chapter: ChapterName, section?: string]>> = {
  library: ['first-hour', 'Make a project'],
  classes: ['first-hour', 'Type the classes'],
  search: ['the-loop', 'Search'],
  review: ['first-hour', 'Review'],
  history: ['the-loop', 'History'],
  teach: ['teaching'],
  inspector: ['the-loop', 'Correct'],
  player: ['the-loop', 'The player'],
  timeline: ['timeline'],
};

/** Which page of the help is shown, or would be. */
export const useHelp = create<{ readonly chapter: ChapterName; readonly section: string | null }>(() => ({
  chapter: 'first-hour',
  section: null,
}));

export const goToHelp = (chapter: ChapterName, section: string | null = null): void =>
  useHelp.setState({ chapter, section });

/** Turns to what is said of a panel. */
export function goToHelpOf(panel: string): void {
  const [chapter, section] = chapterOfPanel[panel] ?? ['first-hour'];
  goToHelp(chapter, section ?? null);
}
