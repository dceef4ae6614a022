import { overlapUs, temporalIoU } from '#preload/domain/span.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { localisationConstants } from '../propose/localisation-constants.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import { samplesIn, type SampleGrid } from '../propose/sample-grid.ts';
import type { ReviewedVideo, Shot } from '../tune/training-shots.ts';
import { encodeRows, type BlockBasis } from './block-basis.ts';
import type { DescribedSpans, VideoEvidence } from './evidence.ts';
import { rowAt, rowsOf, type Rows } from './rows.ts';
import type { SpanDescriber } from './span-descriptor.ts';
import { TextAnswer } from '../propose/text-answer.ts';

/** A video after stage 1. */
export interface ProposedVideo {
  readonly videoId: number;
  readonly grid: SampleGrid;
  /** `[N, D]` features that are classified. */
  readonly features: Float32Array;
  /** `[N, D]` features that a temporal module made those from; null without one. */
  readonly plain: Float32Array | null;
  /** Best first. */
  readonly proposals: readonly Proposal[];
}

const { description } = localisationConstants;

/**
 * Unlabelled spans that a video adds: its best proposals, by quality. A long video has more proposals and adds more.
 */
export const unlabelledCount = (proposals: number): number =>
  Math.min(
    proposals,
    Math.max(
      description.unlabelledLeast,
      Math.min(description.unlabelledMost, Math.round(description.unlabelledShare * proposals)),
    ),
  );

/** Sample range, half-open. */
export type SampleRange = readonly [number, number];

const bestProposals = (proposals: readonly Proposal[]): Proposal[] =>
  proposals
    .toSorted((a, b) => b.quality - a.quality || a.startUs - b.startUs || a.endUs - b.endUs)
    .slice(0, unlabelledCount(proposals.length));

/** The samples that a proposal spans. */
export const rangeOf = ({ startSample, endSample }: Proposal): SampleRange => [startSample, endSample];

/** `[n, B D]`. */
function describeRanges(describer: SpanDescriber, ranges: readonly SampleRange[]): Rows {
  return rowsOf(ranges.length, describer.width, (row, out) => {
    describer.describe(...ranges[row]!, out);
  });
}

/** `[n, B D]` of the best proposals of a video: what a basis is made of. */
export const unlabelledDescriptors = (
  { proposals }: Pick<ProposedVideo, 'proposals'>,
  describer: SpanDescriber,
): Rows => describeRanges(describer, bestProposals(proposals).map(rangeOf));

/** Spans in terms of a basis, with what the names say of them. */
export function describeSpans(
  ranges: readonly SampleRange[],
  describer: SpanDescriber,
  basis: BlockBasis,
  classSet: ClassSet,
): DescribedSpans {
  const names = new TextAnswer(classSet, describer.dim);
  const descriptors = describeRanges(describer, ranges);
  return {
    texts: rowsOf(ranges.length, names.columns, (row, out) => {
      names.logits(describer.namedMean(...ranges[row]!, rowAt(descriptors, row)), out);
    }),
    codes: basis.directions === null ? descriptors : encodeRows(basis, descriptors),
  };
}

/** What is asked of a video. */
export interface Question {
  readonly classIds: readonly number[];
  /** Whether classes inherit from it. */
  readonly isInPool: boolean;
  /** Its own. */
  readonly shots: readonly Shot[];
  readonly reviewed: ReviewedVideo | null;
}

/** What a video adds to what is learned. @param describe of its proposals and shots, one row for each. */
export function videoEvidence(
  video: Omit<ProposedVideo, 'features' | 'plain'>,
  describe: (ranges: readonly SampleRange[]) => DescribedSpans,
  { classIds, isInPool, shots, reviewed }: Question,
): VideoEvidence {
  const { videoId, grid, proposals } = video;
  return {
    videoId,
    unlabelled: describe(isInPool ? bestProposals(proposals).map(rangeOf) : []),
    shots,
    shotSpans: describe(shots.map((shot) => samplesIn(grid, shot))),
    reviewed: reviewed === null ? null : reviewedOf(),
  };

  function reviewedOf(): NonNullable<VideoEvidence['reviewed']> {
    const inside = proposals
      .filter((proposal) => 2 * overlapUs(proposal, reviewed!.span) > proposal.endUs - proposal.startUs)
      .slice(0, description.reviewedMost);
    return {
      ...describe(inside.map(rangeOf)),
      qualities: Float64Array.from(inside, ({ quality }) => quality),
      lengthsS: Float64Array.from(inside, ({ startUs, endUs }) => (endUs - startUs) / 1e6),
      overlaps: rowsOf(inside.length, classIds.length, (row, out) => {
        for (const shot of shots) {
          const overlap = temporalIoU(shot, inside[row]!);
          for (const classId of shot.classIds) {
            const group = classIds.indexOf(classId);
            out[group] = Math.max(out[group]!, overlap);
          }
        }
      }),
    };
  }
}
