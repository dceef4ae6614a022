import type { SegmentAspect } from '#preload/domain/segment-aspect.ts';
import type { Split } from '#preload/domain/split.ts';
import type { TableColumns } from '#preload/domain/table-columns.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, Written, WrittenFolder } from './annotation-set.ts';
import type { MediaPlan } from './media/media-plan.ts';
import type { TableStart } from './table-pieces.ts';
import type { Saying } from '#preload/domain/saying.ts';

/** What a format may have a place for, beside the names of classes and videos. */
export const aspects = [
  'times to the frame',
  'overlaps',
  'rejected segments',
  'states',
  'scores',
  'notes',
  'annotators',
  'subjects',
  'ambiguous',
  'locks',
  'attributes',
  'sources',
  'rankings',
  'reviews',
  'prompts',
  'class tree',
  'definitions',
  'examples',
  'points',
  'colours and keys',
  'classes without segments',
  'checksums',
  'splits',
] as const;
export type Aspect = (typeof aspects)[number] | SegmentAspect;

/** A choice that a format leaves to whoever exports. */
export interface FormatOption {
  /** Also the option on the command line. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The first holds where nothing was chosen. */
  readonly choices: readonly { readonly id: string; readonly name: string; readonly description: string }[];
}

/** One way to write annotations down: a pure codec. Everything that reads or writes annotations asks the table of these. */
export interface Format {
  readonly id: string;
  readonly name: string;
  /** Of its files, without the dot; the first is written. */
  readonly extensions: readonly string[];
  readonly description: string;
  readonly keeps: readonly Aspect[];
  /** The part of a data set that its files name where there are no parts. */
  readonly splitByDefault?: Split;
  readonly options?: readonly FormatOption[];
  /** What is written: one file, or a folder of them, as where each video has a file of its own. Both can be read. */
  readonly layout: 'file' | 'folder';
  /** Names of files that lie beside a file of the format and say what its numbers stand for. */
  readonly companions?: RegExp;
  /** Paths of files that are read themselves and tell others something too, as companions do. */
  readonly tellsOthers?: RegExp;
  /** Columns that matter of its tables of Parquet, which `read` is given as lines of JSON. */
  readonly columnsOfParquet?: RegExp;
  /**
   * What the text of a file says; `file` names it in what fails, and its video or class where the format does not say
   * it inside. In a folder it is the path within it, parted by `/`.
   * Fails with `unreadable-annotations` where it is another kind of file, or where no row of it can be taken.
   */
  readonly read?: (
    text: string,
    file: string,
    companions?: readonly NamedText[],
    start?: TableStart,
  ) => ImportedAnnotations;
  /** Reads a table that somebody else laid out, by its columns; fails as `read` does. */
  readonly readByColumns?: (
    text: string,
    file: string,
    columns: TableColumns,
    start?: TableStart,
  ) => ImportedAnnotations;
  /**
   * Rows of a table with a header each stand for themselves: a long file may be given to `read` piece by piece, each with
   * where it begins. A piece may be without a good row.
   */
  readonly rowsStandAlone?: true;
  readonly write?: (set: AnnotationSet) => Written | WrittenFolder;
  /** Instead of `write`: files that are made of the videos themselves, by a job. */
  readonly media?: {
    /** Fails with `bad-input` where the project lacks what it needs. */
    readonly plan: (set: AnnotationSet) => { readonly plan: MediaPlan; readonly warnings: readonly Saying[] };
    /** About how many bytes it will take. */
    readonly estimate: (set: AnnotationSet, sizes: MediaSizes) => number;
  };
}

export interface MediaSizes {
  /** Of a video's file. */
  readonly fileBytes: (videoId: number) => number;
  /** Numbers in a feature of the project's model. */
  readonly featureDim: number;
}

/** What is gone after an export and an import. */
export const losesOf = ({ keeps }: Pick<Format, 'keeps'>): Aspect[] =>
  aspects.filter((aspect) => !keeps.includes(aspect));

/** What was chosen for an option of a format, else its first choice. */
export const chosenIn = ({ id, choices }: FormatOption, chosen: Readonly<Record<string, string>>): string =>
  chosen[id] ?? choices[0]!.id;
