import type { Edit } from '#preload/domain/edit.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Recording } from '#preload/domain/recording.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import type { Split } from '#preload/domain/split.ts';
import { say } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';
import { isUntouchedProposal } from './replace-proposals.ts';

/** One video's rows. */
export interface VideoRows {
  readonly id: number;
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly reviews: readonly Review[];
  readonly split: Split | null;
  readonly recordings: readonly Recording[];
}

/**
 * Puts `to` in the place of `from`: the same film read otherwise, which is out of sight until now. What a person labelled
 * stays at its time, on the nearest boundaries of the new frames; proposals that nobody touched stay behind, since they
 * are made of other pictures. What lies after the end of the new frames is left out. `to` keeps nothing of its own.
 * @returns the edit, which undo takes back whole; how many segments moved, and those that are left out.
 */
export function carryLabels(
  from: VideoRows,
  to: VideoRows,
  frames: FrameTable,
  firstNewId: number,
): { readonly edit: Edit; readonly carried: number; readonly moved: number; readonly leftOut: readonly Segment[] } {
  const labels = from.segments.filter((segment) => !isUntouchedProposal(segment));
  const isInside = (segment: Segment) => segment.startUs < frames.lastEndUs && segment.endUs > frames.firstStartUs;
  const carried = labels.filter(isInside).map((segment, index) => ({
    ...segment,
    ...frames.snapSpan(segment),
    id: firstNewId + index,
    videoId: to.id,
  }));
  const moved = labels
    .filter(isInside)
    .filter(({ startUs, endUs }, index) => startUs !== carried[index]!.startUs || endUs !== carried[index]!.endUs);
  const edit = userEdit(say('Read {{name}} again', { name: from.name }), {
    videos: [
      { before: { id: from.id, removed: false }, after: { id: from.id, removed: true } },
      { before: { id: to.id, removed: true }, after: { id: to.id, removed: false } },
    ],
    segments: [
      ...to.segments.map((before) => ({ before, after: null })),
      ...carried.map((after) => ({ before: null, after })),
    ],
    recordings: from.recordings.map((before) => ({ before, after: { ...before, videoId: to.id } })),
    splits: [{ before: splitOf(to.id, to.split), after: splitOf(to.id, from.split) }],
    reviews: [
      ...to.reviews
        .filter(({ classId }) => !from.reviews.some((review) => review.classId === classId))
        .map((before) => ({ before, after: null })),
      ...from.reviews.map((review) => ({
        before: to.reviews.find(({ classId }) => classId === review.classId) ?? null,
        after: { ...review, videoId: to.id },
      })),
    ],
  });
  return { edit, carried: carried.length, moved: moved.length, leftOut: labels.filter((label) => !isInside(label)) };
}

const splitOf = (videoId: number, split: Split | null) => (split === null ? null : { videoId, split });
