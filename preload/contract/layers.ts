import { oc } from '@orpc/contract';
import { z } from 'zod';
import { segment } from '../domain/segment.ts';
import { placeToken, placeTokens, rowIds } from './given.ts';
import { saying } from '../domain/saying.ts';

/** What another annotator decided, beside what the project says itself; it never changes. */
export const layer = z.object({
  id: z.int().positive(),
  name: z.string(),
  /** Videos that the annotator worked on, those without a segment too. */
  videoIds: z.array(z.int()),
  /** Accepted ones. */
  segmentCount: z.int(),
  addedAt: z.int(),
});
export type Layer = z.infer<typeof layer>;

const share = z.number().nullable();
const counts = z.object({ a: z.int(), b: z.int() });
const matches = z.array(
  z.object({
    tIoU: z.number(),
    /** Matched one to one within their class. */
    pairs: z.int(),
    /** Of `b`, with `a` as the reference; null without segments. */
    precision: share,
    recall: share,
    f1: share,
  }),
);
/** Of `b`'s edge from `a`'s; null where no segment is matched. */
const deviation = z
  .object({ meanUs: z.number(), meanAbsoluteUs: z.number(), medianAbsoluteUs: z.number(), maximumUs: z.number() })
  .nullable();

/** How far two annotators agree on the videos that both worked on. */
export const agreement = z.object({
  videos: z.int(),
  segments: counts,
  matches,
  frames: z.int(),
  /** Share of frames that carry the same classes for both. */
  sameFrames: share,
  /** Cohen's κ over frames, each in the category of all its classes; null where chance alone would agree on all. */
  kappa: share,
  classes: z.array(z.object({ classId: z.int(), name: z.string(), segments: counts, matches, kappa: share })),
  boundaries: z.object({ pairs: z.int(), start: deviation, end: deviation }),
  /** `[K + 1, K + 1]` segments: rows as `a` named them, columns as `b` did, the last for what the other has not. */
  confusion: z.object({ classIds: z.array(z.int()), counts: z.array(z.array(z.int())) }),
});
export type Agreement = z.infer<typeof agreement>;

/** A layer, or what the project says itself (null). */
const side = z.int().positive().nullable();

const merged = z.object({
  /** Segments that are the project's own now, of videos about which nobody says otherwise. */
  taken: z.int(),
  unchanged: z.int(),
  addedClasses: z.int(),
  /** Of whoever decided about a video that others decided about too. */
  layers: z.array(z.object({ id: z.int(), name: z.string(), videos: z.int(), segments: z.int() })),
  warnings: z.array(saying),
});
export type Merged = z.infer<typeof merged>;

const layerOfVideo = z.object({ layerId: z.int(), name: z.string(), segments: z.array(segment.omit({ id: true })) });
export type LayerOfVideo = z.infer<typeof layerOfVideo>;

export const layers = {
  list: oc.output(z.array(layer)),
  /** What each layer says of a video, rejected segments too. */
  ofVideo: oc.input(z.object({ videoId: z.int() })).output(z.array(layerOfVideo)),
  /** Another project's decisions as a layer. */
  add: oc.input(z.object({ place: placeToken, name: z.string().trim().max(200).default('') })).output(merged),
  /** What the project says itself, kept as a layer. */
  keepOwn: oc.input(z.object({ name: z.string().trim().min(1).max(200) })).output(layer),
  remove: oc.input(z.object({ layerId: z.int() })).output(z.void()),
  agreement: oc.input(z.object({ a: side, b: side })).output(agreement),
  /**
   * Makes of layers what the project says, as one undoable edit: segments on which all agree, edges to `tIoU`, are
   * accepted; the others wait for review, each with a note of who says it.
   */
  adjudicate: oc
    .input(z.object({ layerIds: rowIds.min(2), tIoU: z.number().min(0.5).max(1).default(0.8) }))
    .output(z.object({ agreed: z.int(), disputed: z.int(), videos: z.int() })),
  /**
   * Brings what was decided in other projects together: of a video about which one says something and nobody else says
   * otherwise, as the project's own; of others as a layer for each.
   */
  merge: oc.input(z.object({ places: placeTokens.min(1) })).output(merged),
  /** Writes a project for each annotator into a folder, with a share of the videos that all get. */
  splitWork: oc
    .input(
      z.object({
        place: placeToken,
        annotators: z.array(z.string().trim().min(1).max(100)).min(1).max(100),
        overlap: z.number().min(0).max(1),
        seed: z.int().nonnegative().default(1),
        /** Longer videos are handed out in parts of about so many seconds; null: whole. */
        partSeconds: z.number().min(1).max(1_000_000).nullable().default(null),
      }),
    )
    .output(
      z.array(
        z.object({
          annotator: z.string(),
          path: z.string(),
          videos: z.array(z.string()),
          /** Of videos that others label the rest of. */
          parts: z.array(z.object({ video: z.string(), startUs: z.int(), endUs: z.int() })),
          seconds: z.number(),
        }),
      ),
    ),
};
