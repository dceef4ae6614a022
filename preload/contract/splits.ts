import { oc } from '@orpc/contract';
import { z } from 'zod';
import { split } from '../domain/split.ts';
import { rowIds } from './given.ts';

const share = z.number().nonnegative().max(1e9);

/** How to deal videos to the parts of a data set. */
const splitDraw = z.object({
  /** In any unit; 0 for a part that is not wanted. */
  shares: z.object({
    train: share,
    validation: share,
    test: share,
  }),
  /** The same videos and seed give the same parts. */
  seed: z.int().nonnegative().default(1),
  /** Whether accepted segments of each class are dealt in these shares too. */
  stratified: z.boolean().default(true),
  /**
   * What stays in one part, so that nothing leaks: each video alone, those of one folder, those whose names begin alike up
   * to the last `_`, `-`, `.` or space, or those in whose names `pattern` finds the same.
   */
  together: z.enum(['video', 'folder', 'name', 'pattern']).default('video'),
  /** A regular expression; its first group counts, if it has one. Names that it does not fit stand alone. */
  pattern: z.string().max(200).default(''),
});
export type SplitDraw = z.infer<typeof splitDraw>;

const counts = z.object({ train: z.int(), validation: z.int(), test: z.int(), none: z.int() });

/** What would lie, or lies, in each part. */
const splitPlan = z.object({
  videos: counts,
  /** Accepted ones. */
  segments: counts,
  classes: z.array(z.object({ classId: z.int(), name: z.string(), counts })),
});
export type SplitPlan = z.infer<typeof splitPlan>;

export const splits = {
  /** As the parts are now. */
  counts: oc.output(splitPlan),
  /** By hand; null puts a video into no part. One undoable edit. */
  assign: oc.input(z.object({ videoIds: rowIds.min(1), split: split.nullable() })).output(z.void()),
  /** What `draw` with the same would do. */
  preview: oc.input(splitDraw).output(splitPlan),
  /** Deals all videos anew, as one undoable edit. */
  draw: oc.input(splitDraw).output(splitPlan),
};
