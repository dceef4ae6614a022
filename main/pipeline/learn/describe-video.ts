import { overlapUs, temporalIoU } from '#preload/domain/span.ts';
import type { ClassSet } from '../propose/class-set.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import { samplesIn, type SampleGrid } from '../propose/sample-grid.ts';
import type { ReviewedVideo, Shot } from '../tune/training-shots.ts';
import { codeWidth, encodeRows, type BlockBasis } from './block-basis.ts';
import type { DescribedSpans, VideoEvidence } from './evidence.ts';
import { rowAt, rowsOf, type Rows } from './rows.ts';
import { descriptorBlocks, type SpanDescriber } from './span-descriptor.ts';
import { TextAnswer } from './text-answer.ts';

/** A video after stage 1. */
export interface ProposedVideo {
  readonly videoId: number;
  readonly grid: SampleGrid;
  /** `[N, D]` features that are classified. */
  readonly features: Float32Array;
  /** Best first. */
  readonly proposals: readonly Proposal[];
}

/** Unlabelled spans that a video adds: its best proposals, by quality. */
const unlabelledPerVideo = 30;
/** A reviewed video has no more proposals to learn a score from. */
const reviewedProposals = 200;

/** Sample range, half-open. */
type SampleRange = readonly [number, number];

export const bestProposals = (proposals: readonly Proposal[]): Proposal[] =>
  proposals
    .toSorted((a, b) => b.quality - a.quality || a.startUs - b.startUs || a.endUs - b.endUs)
    .slice(0, unlabelledPerVideo);

const rangeOf = ({ startSample, endSample }: Proposal): SampleRange => [startSample, endSample];

/** `[n, 4 D]`. */
export function describeRanges(describer: SpanDescriber, ranges: readonly SampleRange[]): Rows {
  return rowsOf(ranges.length, descriptorBlocks * describer.dim, (row, out) => {
    describer.describe(...ranges[row]!, out);
  });
}

/** `[n, 4 D]` of the best proposals of a video: what a basis is made of. */
export const unlabelledDescriptors = ({ proposals }: ProposedVideo, describer: SpanDescriber): Rows =>
  describeRanges(describer, bestProposals(proposals).map(rangeOf));

/** What a video adds to what is learned, given all shots and reviews of the project. */
export function videoEvidence(
  video: ProposedVideo,
  describer: SpanDescriber,
  basis: BlockBasis,
  { classSet, classIds }: { readonly classSet: ClassSet; readonly classIds: readonly number[] },
  shots: readonly Shot[],
  reviewed: ReviewedVideo | null,
): VideoEvidence {
  const names = new TextAnswer(classSet, describer.dim);
  const describe = (ranges: readonly SampleRange[]): DescribedSpans => {
    const descriptors = describeRanges(describer, ranges);
    return {
      texts: rowsOf(ranges.length, names.columns, (row, out) =>
        names.logits(rowAt(descriptors, row).subarray(0, describer.dim), out),
      ),
      codes:
        codeWidth(basis) === descriptors.width && basis.directions === null
          ? descriptors
          : encodeRows(basis, descriptors),
    };
  };
  const { videoId, grid, proposals } = video;
  return {
    videoId,
    unlabelled: describe(bestProposals(proposals).map(rangeOf)),
    shots,
    shotSpans: describe(shots.map((shot) => samplesIn(grid, shot))),
    reviewed: reviewed === null ? null : reviewedOf(),
  };

  function reviewedOf(): NonNullable<VideoEvidence['reviewed']> {
    const inside = proposals
      .filter((proposal) => 2 * overlapUs(proposal, reviewed!.span) > proposal.endUs - proposal.startUs)
      .slice(0, reviewedProposals);
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
