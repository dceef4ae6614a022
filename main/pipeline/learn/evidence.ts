import type { ClassOrder } from './class-order.ts';
import type { DiscriminantPrior, PointSums } from './discriminant.ts';
import type { MixtureWeights } from './mixture-weights.ts';
import type { Rows } from './rows.ts';
import type { Shot } from '../tune/training-shots.ts';

/** Spans as learning sees them. */
export interface DescribedSpans {
  /** `[n, K + M]` what the names say. */
  readonly texts: Rows;
  /** `[n, R]` descriptors in terms of the project's basis. */
  readonly codes: Rows;
}

/** Proposals of a video of which everything is marked: whether each is an occurrence is known. */
export interface ReviewedProposals extends DescribedSpans {
  /** `[n]` class-agnostic quality in (0, 1). */
  readonly qualities: Float64Array;
  /** `[n]` seconds. */
  readonly lengthsS: Float64Array;
  /** `[n, K]` largest tIoU with a segment of each class. */
  readonly overlaps: Rows;
}

/** All that one video adds to what is learned. Small: what is kept of an hour of video is its best proposals. */
export interface VideoEvidence {
  readonly videoId: number;
  /** Its best proposals, whether anybody has looked at them or not. */
  readonly unlabelled: DescribedSpans;
  readonly shots: readonly Shot[];
  /** One row for each of `shots`. */
  readonly shotSpans: DescribedSpans;
  /** Null unless the video was reviewed completely. */
  readonly reviewed: ReviewedProposals | null;
}

/** What a project's unlabelled spans say before anybody has corrected anything. Corrections leave it as it is. */
export interface Ground {
  readonly prior: DiscriminantPrior;
  /** `[K + M]` of `typicalFit`. */
  readonly typical: Float64Array;
  /** Whether it says enough to be listened to without any correction. */
  readonly isEnough: boolean;
}

/** What corrections of another project taught, for the classes of this one, in their order. */
export interface CarriedEvidence {
  /** Weighed by `carriedShare` against what is corrected here. */
  readonly points: PointSums;
  /** `[K]` lengths of accepted segments. */
  readonly lengthsS: readonly (readonly number[])[];
  /** What was found best there: taken where nothing can be held back here. */
  readonly weights: MixtureWeights;
  /** Of `SegmentScore`, to start from; null where no segment was accepted there. */
  readonly scoreWeights: readonly number[] | null;
  readonly order: ClassOrder;
}

/** What there is to learn from, class by class in the order of the class set. */
export interface ProjectEvidence {
  readonly classIds: readonly number[];
  /** M. */
  readonly backgroundCount: number;
  /** What corrections of another project taught of these classes. */
  readonly carried?: CarriedEvidence | null;
  /** In the order of their ids. */
  readonly videos: readonly VideoEvidence[];
  /** Of the unlabelled spans of these videos, where it is known. */
  readonly ground?: Ground | null;
}
