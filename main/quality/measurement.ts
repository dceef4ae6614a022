import type { Span } from '#preload/domain/span.ts';
import type { Told } from '#preload/domain/saying.ts';
import type { Estimate, MeasuredOn } from '#preload/domain/quality.ts';

/** What a person has marked. */
export interface Occurrence extends Span {
  readonly classId: number;
  readonly segmentId: number;
}

/** What was proposed by something that has not seen what is marked. */
export interface BlindProposal extends Span {
  readonly classId: number;
  readonly score: number;
}

/** A video in which every occurrence is marked. */
export interface MeasuredVideo {
  readonly videoId: number;
  readonly occurrences: readonly Occurrence[];
  readonly proposals: readonly BlindProposal[];
}

/** Average precision, which does not depend on the score from which proposals are shown. */
export interface AveragePrecisions {
  /** mAP at each of `measuredTIoUs`. */
  readonly map: readonly number[];
  readonly averageMap: Estimate;
  /** Null where nothing of the class is marked. */
  readonly classes: readonly {
    readonly classId: number;
    readonly perTIoU: readonly number[] | null;
    readonly average: Estimate | null;
  }[];
}

/** What a measurement found; all other numbers follow from it, at any threshold. */
export interface Measurement {
  readonly on: MeasuredOn;
  readonly measuredAt: number;
  /** Digest of all that it depends on. */
  readonly question: string;
  /** The last edit that it knows of. */
  readonly editId: number;
  readonly model: string;
  readonly notes: readonly Told[];
  readonly classIds: readonly number[];
  readonly videos: readonly MeasuredVideo[];
  readonly precision: AveragePrecisions;
}
