import type { ExportOptions } from '#preload/contract/work.ts';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment, SegmentSource, SegmentState } from '#preload/domain/segment.ts';
import type { Split } from '#preload/domain/split.ts';
import type { VideoFacts } from '#preload/domain/video-facts.ts';
import type { Saying, Told } from '#preload/domain/saying.ts';

export interface ExportedVideo {
  readonly id: number;
  readonly name: string;
  /** With the folders that it is in and `/`, to tell apart files of one name; they are only written where they are needed. */
  readonly path: string;
  readonly checksum: string;
  readonly facts: VideoFacts;
  /** The part of the data set that it belongs to; null: none. */
  readonly split: Split | null;
  /** Read when needed: those of a whole project are large. */
  readonly frames: () => FrameTable;
}

/** What an export holds, in the one order that every format writes: it depends on the contents alone, never on row ids. */
export interface AnnotationSet {
  /** By name, then checksum. */
  readonly videos: readonly ExportedVideo[];
  /** In the order of the class list. */
  readonly classes: readonly ActionClass[];
  /** By video, start, end, class. */
  readonly segments: readonly Segment[];
  readonly reviews: readonly Review[];
  /** In order of position. */
  readonly attributes: readonly Attribute[];
  /** Version of the program. */
  readonly version: string;
  readonly samplingFps: number;
  /** The project's; left out where none is chosen. */
  readonly model?: string;
  readonly options: ExportOptions;
}

export interface Written {
  readonly text: string;
  /** What the format has no place for. */
  readonly warnings: readonly Saying[];
}

export interface NamedText {
  /** Of its file, with the folders below the one that is written or read, parted by `/`. */
  readonly name: string;
  readonly text: string;
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A format that needs several files. */
export interface WrittenFolder {
  readonly files: readonly NamedText[];
  /** Files that are no text. */
  readonly binaries?: readonly NamedBytes[];
  readonly warnings: readonly Saying[];
}

/** A class as a file names it; what the file does not say is `undefined`. */
interface ImportedClass {
  readonly name: string;
  readonly prompt?: string | undefined;
  readonly colour?: string | undefined;
  readonly digitKey?: number | null | undefined;
  /** The name of the class that it lies below. */
  readonly parent?: string | undefined;
  readonly definition?: string | undefined;
  readonly kind?: 'point' | undefined;
  readonly exclusive?: true | undefined;
  readonly morePrompts?: string[] | undefined;
}

/** An attribute as a file defines it. */
export interface ImportedAttribute extends Pick<Attribute, 'name' | 'kind' | 'options' | 'required'> {
  /** Names of the classes that have it; null: all. */
  readonly classes: readonly string[] | null;
}

/** Values of a segment by the attribute's name. */
export type SaidValues = Readonly<Record<string, AttributeValue>>;

export interface ImportedVideo {
  /** As the file writes it: a path, a file name, or an identifier without extension. */
  readonly fileName: string;
  /** SHA-256, hex; null where the file does not say. */
  readonly checksum: string | null;
  /** The part of the data set that it belongs to, as the file writes it; null where it does not say. */
  readonly subset: string | null;
  /** How far each class was looked for; `class` indexes the file's classes. */
  readonly reviews: readonly { readonly class: number; readonly state: Review['state'] }[];
}

/** As the file says it, unrounded: a tIoU may just touch a threshold. */
export interface SaidSeconds {
  readonly startS: number;
  readonly endS: number;
  /**
   * Videos that played before in one recording, where times count from the start of the first: index into the file's
   * videos. How long they are the file does not say.
   */
  readonly after?: readonly number[] | undefined;
}

/** In a format that counts frames: half-open frame indices, from 0. An infinite end is that of the video. */
export interface SaidFrames {
  readonly startFrame: number;
  readonly endFrame: number;
}

export type ImportedSegment = ImportedLabel & (SaidSeconds | SaidFrames);

export interface ImportedLabel {
  /** Where in the file it is, in words: `row 3`. */
  readonly place: Told;
  /** Index into the file's videos. */
  readonly video: number;
  /** Index into the file's classes; null for a proposal of no class. */
  readonly class: number | null;
  readonly state: SegmentState;
  /** Whether the file says the state; else it follows from the score. */
  readonly isStateSaid: boolean;
  readonly score: number | null;
  readonly source: SegmentSource;
  readonly touched: boolean;
  /** `class` indexes the file's classes. */
  readonly ranking: readonly { readonly class: number; readonly probability: number }[];
  readonly note: string;
  /** Who labelled it; left out where the file does not say. */
  readonly annotator?: string | undefined;
  /** Who acts; left out where the file does not say. */
  readonly subject?: string | undefined;
  readonly ambiguous?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly values?: SaidValues | undefined;
  /** Classes that it is an example of, which index the file's, and its place among their examples. */
  readonly exampleOf?: readonly SaidExample[] | undefined;
}

export interface SaidExample {
  readonly class: number;
  readonly place: number;
}

/** A row that cannot be taken. */
export interface RowFault {
  readonly place: Told;
  /** The kind of fault, as the rule that it breaks: `a segment must end after it starts`. */
  readonly reason: Saying;
  /** Both in one sentence, for a file of which no row is good. */
  readonly said: Saying;
}

/** What a file says, before it meets a project. */
export interface ImportedAnnotations {
  readonly classes: readonly ImportedClass[];
  readonly videos: readonly ImportedVideo[];
  readonly segments: readonly ImportedSegment[];
  /** Those that it defines; a file may have values of others too. */
  readonly attributes?: readonly ImportedAttribute[];
  /** Rows that say nothing that could be taken. */
  readonly faults: readonly RowFault[];
}
