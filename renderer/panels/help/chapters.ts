import { chapterNames, type ChapterName } from '../../shared/help.ts';

export interface Section {
  readonly chapter: ChapterName;
  /** Empty before the first heading of a chapter. */
  readonly heading: string;
  readonly text: string;
}

export interface Chapter {
  readonly name: ChapterName;
  readonly title: string;
  readonly text: string;
}

const texts = import.meta.glob<string>('../../../resources/help/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const pictures = import.meta.glob<string>('../../../resources/screenshots/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The chapters of `resources/help`, in reading order. */
export const chapters: readonly Chapter[] = chapterNames.map((name) => {
  const text = texts[`../../../resources/help/${name}.md`]!;
  return { name, title: /^# (.*)$/m.exec(text)![1]!, text };
});

/** Where a picture that a chapter names lies in the build; undefined for any other address. */
export const pictureAt = (target: string): string | undefined =>
  pictures[`../../../resources/screenshots/${target.replace(/^\.\.\/screenshots\//, '')}`];

/** The parts of a chapter under its headings of the second level. */
export const sectionsOf = ({ name, text }: Chapter): Section[] =>
  text.split(/^## /m).map((part, index) => {
    const [first, ...rest] = part.split('\n');
    return { chapter: name, heading: index === 0 ? '' : first!.trim(), text: rest.join('\n') };
  });

/** The address of a heading inside the page. */
export const anchorOf = (heading: string): string =>
  `help-${heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`;
