import { z } from 'zod';
import { segment } from '../domain/segment.ts';
import { job } from '../domain/job.ts';
import { video } from '../domain/video.ts';
import { countedClass } from './classes.ts';
import { tuningPoint } from '../domain/tuning.ts';
import { presentWindow } from './people.ts';

const changedRows = z.object({
  /** Rows that are no longer there. */
  removed: z.array(z.int()),
  /** Rows that are new, or as they are now. */
  placed: z.array(segment),
});
export type ChangedRows = z.infer<typeof changedRows>;

const changedCounts = z.object({
  videos: z.array(video.pick({ id: true, counts: true, reviewedShare: true })),
  classes: z.array(countedClass.pick({ id: true, counts: true })),
});
export type ChangedCounts = z.infer<typeof changedCounts>;

/** What changed, so that one place in the renderer can refetch just that. */
export const change = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('project') }),
  /** No ids: all videos. With `rows`, where they are few: these videos as they are now; one without a row is no longer there. */
  z.object({ topic: z.literal('videos'), videoIds: z.array(z.int()), rows: z.array(video).optional() }),
  z.object({ topic: z.literal('classes') }),
  z.object({ topic: z.literal('attributes') }),
  /** Tables of sensors, or what was read of them. */
  z.object({ topic: z.literal('recordings') }),
  /** With `rows`, few enough to say: all that has changed in these videos' lists, so that none need be fetched anew. */
  z.object({ topic: z.literal('segments'), videoIds: z.array(z.int()), rows: changedRows.optional() }),
  /** So many segments there are now of these videos and classes, which are otherwise as they were. */
  changedCounts.extend({ topic: z.literal('counts') }),
  z.object({ topic: z.literal('reviews'), videoIds: z.array(z.int()) }),
  z.object({ topic: z.literal('layers') }),
  z.object({ topic: z.literal('history') }),
  z.object({ topic: z.literal('curves'), videoIds: z.array(z.int()) }),
  /** Who has the project open, whole. */
  z.object({ topic: z.literal('people'), windows: z.array(presentWindow) }),
  z.object({ topic: z.literal('models') }),
  z.object({ topic: z.literal('downloads') }),
  /** A download is over and its model added; `chosen`: it is the open project's now, which had none. */
  z.object({ topic: z.literal('model-arrived'), model: z.string(), chosen: z.boolean() }),
  z.object({ topic: z.literal('settings') }),
  /** What there is to learn from, or whether it is being learned. */
  z.object({ topic: z.literal('tuning') }),
  /** Something was measured, or what is measured by is other now. */
  z.object({ topic: z.literal('quality') }),
  /** Versions of what was learned, of any kind, or which is live. */
  z.object({ topic: z.literal('versions') }),
  /** A question about tuning a scorer of clips. */
  z.object({ topic: z.literal('scorer-question') }),
  /** Where a running `tune` job is: its `index`-th point, from 0, with which a curve begins anew. */
  z.object({ topic: z.literal('training'), jobId: z.int(), index: z.int(), point: tuningPoint }),
  /** A job's row as it is now; progress comes at most a few times a second. */
  z.object({ topic: z.literal('job'), job }),
]);
export type Change = z.infer<typeof change>;
