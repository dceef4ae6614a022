import { oc } from '@orpc/contract';
import { z } from 'zod';
import { restorePoint, restorePointName } from '../domain/restore-point.ts';
import { told } from '../domain/saying.ts';
import { segment } from '../domain/segment.ts';

const historyEntry = z.object({
  id: z.int(),
  label: told,
  source: z.enum(['user', 'model', 'import']),
  /** Who asked for it; null where nobody said. */
  annotator: z.string().nullable(),
  at: z.int(),
  undone: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

const historyStep = z.object({ label: told, videoId: z.int().nullable(), segmentIds: z.array(z.int()) });

/** Segments that going back brings back, takes away and changes. */
const differences = { back: z.int(), gone: z.int(), changed: z.int() };

const lookBack = z.object({
  point: restorePoint,
  /** The last edit that this knows of. */
  lastEditId: z.int(),
  /** Who made how many of the edits since that stand and can be undone; null of whom nobody said. */
  makers: z.array(z.object({ annotator: z.string().nullable(), count: z.int() })),
  classes: z.array(z.object({ classId: z.int(), name: z.string(), ...differences })),
  videos: z.array(z.object({ videoId: z.int(), name: z.string(), ...differences })),
  /** Other rows that differ. */
  others: z.object({ classes: z.int(), reviews: z.int(), videos: z.int(), splits: z.int(), attributes: z.int() }),
  segmentCount: z.int(),
  /** The first two thousand that differ, as they were; those that were not there, as they are. */
  segments: z.array(
    segment.pick({ id: true, videoId: true, startUs: true, endUs: true, state: true }).extend({
      videoName: z.string(),
      className: z.string(),
      becomes: z.enum(['back', 'gone', 'changed']),
    }),
  ),
});
export type LookBack = z.infer<typeof lookBack>;

const pointId = z.object({ pointId: z.int().positive() });

export const history = {
  /** Newest first; of one segment where `segmentId` is given. */
  list: oc
    .input(z.object({ segmentId: z.int().nullable().default(null), limit: z.int().positive().max(500).default(100) }))
    .output(z.array(historyEntry)),
  /** What the next undo and redo would do; null for nothing. Where a sign-in names people, of one's own edits alone. */
  state: oc.output(z.object({ undo: told.nullable(), redo: told.nullable() })),
  /**
   * Answers what was undone, and where, so that the studio can show it. Fails with `conflict` where somebody has changed
   * since what it touched; `before` that edit, the last one earlier is taken back.
   */
  undo: oc.input(z.object({ before: z.int().optional() }).optional()).output(historyStep),
  redo: oc.output(historyStep),
  /** Restore points, newest first; each says after which edit it stands. */
  points: oc.output(z.array(restorePoint.extend({ editId: z.int() }))),
  /** Sets one at the end of the log as it is now. */
  setPoint: oc.input(z.object({ name: restorePointName })).output(z.object({ pointId: z.int() })),
  /** Where a sign-in names people: one's own, or any as an owner. Fails with `forbidden`, or `not-found`. */
  removePoint: oc.input(pointId),
  /** What going back to a point would change. Fails with `not-found`. */
  look: oc.input(pointId).output(lookBack),
  /**
   * Takes everything back to a point, as one edit that can be undone. Fails with `conflict` where somebody else has edited
   * after `lastEditId`, the last edit that the person was told of; with `forbidden` where others' edits would go too and a
   * sign-in does not name the person as an owner; with `nothing-to-do` where nothing differs.
   */
  goBack: oc.input(pointId.extend({ lastEditId: z.int() })).output(historyStep),
};
