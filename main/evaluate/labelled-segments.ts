/** A labelled stretch of video as evaluation files give it: seconds, unrounded, since a tIoU may just touch a threshold. */
export interface LabelledSegment {
  readonly startS: number;
  readonly endS: number;
  readonly label: string;
}

export interface PredictedSegment extends LabelledSegment {
  readonly score: number;
}

/** Segments by video id. */
export type SegmentsByVideo<T> = ReadonlyMap<string, readonly T[]>;

/** Temporal intersection over union, computed the way the ActivityNet toolkit does; 0 for two empty segments. */
export function segmentTIoU(a: LabelledSegment, b: LabelledSegment): number {
  const shared = Math.max(0, Math.min(a.endS, b.endS) - Math.max(a.startS, b.startS));
  const union = b.endS - b.startS + (a.endS - a.startS) - shared;
  return union > 0 ? shared / union : 0;
}
