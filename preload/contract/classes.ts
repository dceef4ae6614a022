import { oc } from '@orpc/contract';
import { z } from 'zod';
import { actionClass } from '../domain/action-class.ts';
import { seenClass } from '../domain/seen.ts';
import { segment } from '../domain/segment.ts';
import { rowIds } from './given.ts';

const { name, prompt, colour, digitKey, position } = actionClass.shape;

const change = z.object({
  name: name.optional(),
  prompt: prompt.optional(),
  colour: colour.optional(),
  digitKey: digitKey.optional(),
  position: position.optional(),
  /** Null: at the top. */
  parentId: z.int().nullable().optional(),
  /** Empty: none. */
  definition: z.string().max(4000).optional(),
  kind: z.enum(['span', 'point']).optional(),
  exclusive: z.boolean().optional(),
  /** Beside `prompt`; empty: none. */
  morePrompts: z.array(prompt).max(31).optional(),
  /** Empty: none. */
  examples: z.array(z.int()).max(24).optional(),
});
export type ClassChange = z.infer<typeof change>;

/** More names at once are no list that a person means to label by. */
export const mostNames = 10_000;

/** `open`: proposals that score enough to be shown. */
export const countedClass = actionClass.extend({
  counts: z.object({ proposed: z.int(), open: z.int(), accepted: z.int() }),
});

export const classes = {
  /** In order of position; removed ones left out. */
  list: oc.output(z.array(countedClass)),
  /** Works at once: stored features are scored against the new name. Colour and key are given if left out. */
  add: oc.input(z.object({ name, prompt: prompt.optional() })).output(actionClass),
  /** Many at once, as one edit; those that are there already, or are named twice, are left out. Answers those added. */
  addAll: oc.input(z.object({ names: z.array(name).min(1).max(mostNames) })).output(z.array(actionClass)),
  update: oc.input(change.extend({ classId: z.int(), seen: seenClass.optional() })).output(actionClass),
  /** Its examples that are in sight, in its order. */
  examples: oc.input(z.object({ classId: z.int() })).output(z.array(segment)),
  /** Its segments in all videos that are not rejected, by video and time; of more than `limit` the first. */
  segments: oc
    .input(z.object({ classId: z.int(), limit: z.int().positive().max(20_000).default(20_000) }))
    .output(z.array(segment)),
  /** How many of its accepted segments are longer than the one frame of a point. */
  longer: oc.input(z.object({ classId: z.int() })).output(z.object({ segments: z.int() })),
  /** These segments of a class become those of a new one, as one undoable edit. */
  split: oc.input(z.object({ classId: z.int(), name, segmentIds: rowIds.min(1) })).output(actionClass),
  /** Every segment of `from` becomes one of `into`; `from` is removed. */
  merge: oc.input(z.object({ from: z.int(), into: z.int() })).output(z.void()),
  remove: oc.input(z.object({ classId: z.int(), seen: seenClass.optional() })).output(z.void()),
};
