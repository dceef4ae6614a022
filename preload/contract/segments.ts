import { oc } from '@orpc/contract';
import { z } from 'zod';
import { making, mostNewSegments, newSegment, pastedTable } from '../domain/new-segment.ts';
import { seenSegment } from '../domain/seen.ts';
import { changedAttributes } from '../domain/attribute.ts';
import { review, reviewState, segment, segmentState } from '../domain/segment.ts';
import { mostQueued, reviewFilter, reviewOrder } from '../domain/review-queue.ts';
import { atUs, mostRows, rowIds } from './given.ts';
import { importedClassChoice } from './transfer-choices.ts';

const editOutcome = z.object({ segments: z.array(segment) });

/** As many as there are segments named, in their order. Left out, as scripts do, nothing is compared. */
const seenSegments = z.array(seenSegment).max(100_000).optional();

export const segments = {
  /** All of one video, by start time. */
  list: oc.input(z.object({ videoId: z.int() })).output(z.array(segment)),
  /** Those of these that are there, in the order in which they are named. */
  some: oc.input(z.object({ segmentIds: rowIds })).output(z.array(segment)),
  /** The first of the review queue, and how many it holds in all. Another `draw` is another lot of `random`. */
  queue: oc
    .input(
      reviewFilter.extend({
        order: reviewOrder.default('confident'),
        draw: z.int().min(0).max(1_000_000).default(0),
        limit: z.int().positive().max(mostQueued).default(200),
      }),
    )
    .output(z.object({ total: z.int(), segments: z.array(segment) })),
  /** Snapped to the frame table; state `accepted`, source `human`. */
  create: oc.input(z.object({ videoId: z.int(), classId: z.int(), startUs: atUs, endUs: atUs })).output(segment),
  /**
   * Several in one video with the classes that they name and that are not there, as one undoable edit; source `human`.
   * Fails with `bad-input` where one ends before it starts or lies outside the video.
   */
  createMany: oc
    .input(z.object({ videoId: z.int(), how: making, segments: z.array(newSegment).min(1).max(mostNewSegments) }))
    .output(z.object({ segmentIds: z.array(z.int()) })),
  /**
   * What `createMany` would be given to make the segments of a table of text, such as a spreadsheet puts into the
   * clipboard; nothing is written. `fromUs`: the earliest starts there, the others keep their distance; null: at the
   * table's own times. `classId`: of rows that name no class. Of a table that names several videos the rows of this one
   * are meant. Fails with `unreadable-annotations`.
   */
  readTable: oc
    .input(
      z.object({
        videoId: z.int(),
        text: z.string().max(4_000_000),
        fromUs: atUs.nullable().default(null),
        classId: z.int().nullable().default(null),
        classes: z.array(importedClassChoice).max(100_000).default([]),
      }),
    )
    .output(pastedTable),
  /** Any of span, class, state, note and details, for one or many segments, as one undoable edit. */
  update: oc
    .input(
      z.object({
        segmentIds: rowIds.min(1),
        /** Null for one that was seen to be gone: it is brought back. */
        seen: z.array(seenSegment.nullable()).max(100_000).optional(),
        startUs: atUs.optional(),
        endUs: atUs.optional(),
        classId: z.int().optional(),
        state: segmentState.optional(),
        note: segment.shape.note.optional(),
        /** Empty: nobody is named. */
        subject: z.string().max(200).optional(),
        ambiguous: z.boolean().optional(),
        /** A locked segment takes no other change until it is unlocked: that fails with `locked`. */
        locked: z.boolean().optional(),
        /** By the attribute's id; null takes a value away. */
        attributes: changedAttributes.optional(),
      }),
    )
    .output(editOutcome),
  /** Several at once, each to a place and a class of its own, as one undoable edit. */
  move: oc
    .input(
      z.object({
        moves: z
          .array(
            z.object({
              segmentId: z.int(),
              seen: seenSegment.optional(),
              startUs: atUs,
              endUs: atUs,
              classId: z.int(),
            }),
          )
          .min(1)
          .max(mostRows),
      }),
    )
    .output(editOutcome),
  /** Both halves keep class and state. */
  split: oc.input(z.object({ segmentId: z.int(), atUs, seen: seenSegment.optional() })).output(editOutcome),
  /** One segment over the hull of several of one video and class. */
  merge: oc.input(z.object({ segmentIds: rowIds.min(2), seen: seenSegments })).output(segment),
  /** Who was named as acting so far, the most used first. */
  subjects: oc.output(z.array(z.string())),
  /** Who decided on some segment, the most often first. */
  annotators: oc.output(z.array(z.string())),
  /** Removes the rows (undoable). Rejecting is `update` with state `rejected`. */
  remove: oc.input(z.object({ segmentIds: rowIds.min(1), seen: seenSegments })).output(z.void()),
};

const classProgress = z.object({
  classId: z.int(),
  /** Videos by how far they are looked through for the class. */
  complete: z.int(),
  inProgress: z.int(),
  unseen: z.int(),
  /** Segments of the class by state. */
  accepted: z.int(),
  proposed: z.int(),
  rejected: z.int(),
});
export type ClassProgress = z.infer<typeof classProgress>;

export const reviews = {
  /** How far the project is, class by class, in order of position. */
  progress: oc.output(z.array(classProgress)),
  list: oc.input(z.object({ videoId: z.int() })).output(z.array(review)),
  set: oc
    .input(
      z.object({
        videoId: z.int(),
        classIds: rowIds.min(1),
        state: reviewState,
        /** How far each class was seen to be reviewed, in their order. */
        seen: z.array(reviewState).max(100_000).optional(),
      }),
    )
    .output(z.array(review)),
  /** Of several videos, as one edit. */
  setOfVideos: oc.input(z.object({ videoIds: rowIds.min(1), classIds: rowIds.min(1), state: reviewState })),
};
