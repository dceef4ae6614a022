import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import type { LearnedBoundaries } from '../propose/learned-boundaries.ts';
import { localisationConstants } from '../propose/localisation-constants.ts';
import type { ClassificationSettings, LocalisationSettings } from '../propose/localisation-settings.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import type { ProposedSegments, Proposal } from '../propose/propose-segments.ts';
import { proposeSegments } from '../propose/propose-segments.ts';
import { suppressHard, type ScoredSpan } from '../propose/suppress-overlaps.ts';
import type { ScoredSegment } from './classify-proposals.ts';
import { classifyProposals, type ProposalOpinion } from './classify-proposals.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import { untaughtScore } from '../learn/segment-score.ts';
import { spanClassifier, type SpanClassifier } from './span-classifier.ts';

export interface Localisation extends ProposedSegments {
  /** Classified segments of all classes, best score first. */
  readonly segments: readonly ScoredSegment[];
}

/** What corrections add to training-free localisation. */
export interface LocalisationExtras {
  /** `[N, D]` features to classify by, where temporal modules made them from the video's own. */
  readonly denseFeatures?: Float32Array;
  /**
   * `[N, D]` features that the names are compared with instead, where a temporal module was trained to that end. What
   * was learned from corrections stays with those above, which tell the order of time.
   */
  readonly namedFeatures?: Float32Array;
  /** What the project's videos and corrections teach. */
  readonly taught?: Taught;
  /** What a trained boundary head says of where actions begin and end. */
  readonly boundaries?: LearnedBoundaries;
  /** Proposals of an earlier localisation of the same video and classes, to be classified anew. */
  readonly proposed?: ProposedSegments;
  /** A scorer beside or instead of the features, where the project has one. */
  readonly opinion?: ProposalOpinion;
}

/**
 * Two-stage localisation of a class set in a video: class-agnostic proposals, then a class for each. Needs the stored
 * features only (`analyseFeatures`, kept between calls), so that a new class costs no decoding.
 */
export function localise(
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  settings: LocalisationSettings = defaultLocalisationSettings,
  extras: LocalisationExtras = {},
): Localisation {
  const proposed =
    extras.proposed ?? proposeSegments(analysis, classSet, settings.proposal, extras.boundaries, extras.denseFeatures);
  const segments = classifyWithin(
    proposed.proposals,
    analysis.grid.edgesUs.at(-1)! - analysis.grid.edgesUs[0]!,
    spanClassifier(analysis, classSet, extras),
    settings.classification,
    extras,
  );
  return { ...proposed, segments };
}

/** Stage 2 by itself: as many segments as a video of `lengthUs` may have. */
export function classifyWithin(
  proposals: readonly Proposal[],
  lengthUs: number,
  classifier: SpanClassifier,
  settings: ClassificationSettings,
  { taught, opinion }: Pick<LocalisationExtras, 'taught' | 'opinion'>,
): ScoredSegment[] {
  const limit = Math.max(settings.minSegmentLimit, Math.ceil((lengthUs / 60e6) * settings.segmentsPerMinute));
  const score = taught?.score ?? untaughtScore;
  return classifyProposals(proposals, classifier, score, limit, settings, opinion, taught?.order ?? null);
}

/** What a person is asked to review: enough score, and within each class no two that overlap by `minTIoU` or more. */
const defaultReviewSettings = {
  minScore: localisationConstants.review.shownScore,
  minTIoU: localisationConstants.review.sameTIoU,
} as const;

/** The segments worth showing, best first. */
export function segmentsForReview<Segment extends ScoredSpan & Pick<ScoredSegment, 'classIndex'>>(
  segments: readonly Segment[],
  settings: { readonly minScore: number; readonly minTIoU: number } = defaultReviewSettings,
): Segment[] {
  const perClass = Map.groupBy(
    segments.filter((segment) => segment.score >= settings.minScore),
    (segment) => segment.classIndex,
  );
  return [...perClass.values()]
    .flatMap((ofClass) => suppressHard(ofClass, settings.minTIoU))
    .sort((a, b) => b.score - a.score || a.startUs - b.startUs || a.classIndex - b.classIndex);
}
