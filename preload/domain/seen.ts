import { z } from 'zod';
import { actionClass } from './action-class.ts';
import { attribute, changedAttributes } from './attribute.ts';
import { reviewState, segment } from './segment.ts';

/**
 * The version of a row that a person had before them when they began an edit: the values themselves, of the fields that
 * matter to it, also of those that the row leaves out. Who changed one of them meanwhile is not overwritten: the edit is
 * refused with `conflict`. Of a segment, null says that it was seen to be gone: the edit brings it back.
 */
export const seenSegment = segment
  .pick({ startUs: true, endUs: true, classId: true, state: true, note: true })
  .extend({
    subject: z.string().max(200),
    ambiguous: z.boolean(),
    locked: z.boolean(),
    /** Null: the segment had no value. */
    attributes: changedAttributes,
  })
  .partial();
export type SeenSegment = z.infer<typeof seenSegment>;

export const seenClass = actionClass
  .pick({ name: true, prompt: true, colour: true, digitKey: true })
  .extend({
    parentId: actionClass.shape.id.nullable(),
    definition: z.string().max(4000),
    kind: z.enum(['span', 'point']),
    exclusive: z.boolean(),
    morePrompts: z.array(z.string().max(1000)).max(31),
    examples: z.array(z.int()).max(24),
  })
  .partial();
export type SeenClass = z.infer<typeof seenClass>;

export const seenAttribute = attribute
  .pick({ name: true, kind: true, options: true, required: true, classIds: true })
  .partial();
export type SeenAttribute = z.infer<typeof seenAttribute>;

/** What an edit would have overwritten, as `conflict` failures carry it in their details. */
export const conflictRow = z.object({
  kind: z.enum(['segment', 'class', 'review', 'attribute']),
  /** Of the segment, the class or the attribute. */
  id: z.int(),
  /** Who changed it meanwhile; null where nobody said. */
  by: z.string().nullable(),
  /** The fields that both changed, as they are now; null: the row is gone. */
  now: z.union([seenSegment, seenClass, seenAttribute, z.object({ state: reviewState })]).nullable(),
});
export type ConflictRow = z.infer<typeof conflictRow>;
