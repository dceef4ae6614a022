import type { ExportOptions } from '#preload/contract/work.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment, SegmentSource, SegmentState } from '#preload/domain/segment.ts';
import type { VideoFacts } from '#preload/domain/video.ts';

export interface ExportedVideo {
  readonly id: number;
  readonly name: string;
  readonly checksum: string;
  readonly facts: VideoFacts;
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
  /** Version of the program. */
  readonly version: string;
  readonly samplingFps: number;
  readonly options: ExportOptions;
}

export interface Written {
  readonly text: string;
  /** What the format has no place for. */
  readonly warnings: readonly string[];
}

/** A class as a file names it; what the file does not say is `undefined`. */
interface ImportedClass {
  readonly name: string;
  readonly prompt?: string | undefined;
  readonly colour?: string | undefined;
  readonly digitKey?: number | null | undefined;
}

export interface ImportedVideo {
  readonly fileName: string;
  /** SHA-256, hex; null where the file does not say. */
  readonly checksum: string | null;
  /** How far each class was looked for; `class` indexes the file's classes. */
  readonly reviews: readonly { readonly class: number; readonly state: Review['state'] }[];
}

export interface ImportedSegment {
  /** Index into the file's videos. */
  readonly video: number;
  /** Index into the file's classes. */
  readonly class: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly state: SegmentState;
  readonly score: number | null;
  readonly source: SegmentSource;
  readonly touched: boolean;
  /** `class` indexes the file's classes. */
  readonly ranking: readonly { readonly class: number; readonly probability: number }[];
  readonly note: string;
}

/** What a file says, before it meets a project. */
export interface ImportedAnnotations {
  readonly classes: readonly ImportedClass[];
  readonly videos: readonly ImportedVideo[];
  readonly segments: readonly ImportedSegment[];
}
