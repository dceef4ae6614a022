import { z } from 'zod';
import { actionClass } from './action-class.ts';
import { reviewState, segment } from './segment.ts';

/**
 * The version of a row that a person had before them when they began an edit: the values themselves, of the fields that
 * matter to it. Who changed one of them meanwhile is not overwritten: the edit is refused with `conflict`. Of a segment,
 * null says that it was seen to be gone: the edit brings it back.
 */
export const seenSegment = segment
  .pick({ startUs: true, endUs: true, classId: true, state: true, note: true })
  .partial();
export type SeenSegment = z.infer<typeof seenSegment>;

export const seenClass = actionClass.pick({ name: true, prompt: true, colour: true, digitKey: true }).partial();
export type SeenClass = z.infer<typeof seenClass>;

/** What an edit would have overwritten, as `conflict` failures carry it in their details. */
export const conflictRow = z.object({
  kind: z.enum(['segment', 'class', 'review']),
  /** Of the segment or the class. */
  id: z.int(),
  /** Who changed it meanwhile; null where nobody said. */
  by: z.string().nullable(),
  /** The fields that both changed, as they are now; null: the row is gone. */
  now: z.union([seenSegment, seenClass, z.object({ state: reviewState })]).nullable(),
});
export type ConflictRow = z.infer<typeof conflictRow>;
