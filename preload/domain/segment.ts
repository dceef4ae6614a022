import { z } from 'zod';
import { attributeValues } from './attribute.ts';

/** How a person names themselves. */
export const annotatorName = z.string().trim().min(1).max(200);

export const longestSubject = 200;

/** Who acts in a segment, as the annotators name them. */
export const subjectName = z.string().trim().min(1).max(longestSubject);

export const segmentState = z.enum(['proposed', 'accepted', 'rejected']);
export type SegmentState = z.infer<typeof segmentState>;

/** The X-CLIP that scored a proposal: in the place of frame features, or together with them. */
export const clipScorer = z.object({
  mode: z.enum(['xclip', 'fused']),
  model: z.string(),
  /** Name of its tuned version; null: as it was published. */
  version: z.string().nullable(),
});
export type ClipScorer = z.infer<typeof clipScorer>;

/**
 * Who made a segment. `version` names the prompts in use: `zero-shot`, or a tuned version. `scorer` is there where an
 * X-CLIP had a say; where its mode is `xclip`, the prompts had none.
 */
export const segmentSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('human') }),
  z.object({ kind: z.literal('model'), model: z.string(), version: z.string(), scorer: clipScorer.optional() }),
  z.object({ kind: z.literal('import'), format: z.string() }),
]);
export type SegmentSource = z.infer<typeof segmentSource>;

/** One action in one video: a half-open span on frame boundaries, a class, and what has been decided of it. */
export const segment = z.object({
  id: z.int().positive(),
  videoId: z.int().positive(),
  classId: z.int().positive(),
  startUs: z.int(),
  endUs: z.int(),
  state: segmentState,
  /** The model's confidence in [0, 1]; null for what a person drew. */
  score: z.number().nullable(),
  source: segmentSource,
  /** A person has decided or changed it: no model run may replace it. */
  touched: z.boolean(),
  /**
   * Most likely classes of a proposal, best first, with probabilities. A stretch is proposed as several of them:
   * `isProposed` marks the one that this segment was proposed as, where that is not the first.
   */
  ranking: z.array(
    z.object({
      classId: z.int().positive(),
      probability: z.number(),
      isProposed: z.literal(true).optional(),
    }),
  ),
  note: z.string().max(4000),
  /** The person who decided on it last, as they name themselves; left out where nobody said. */
  annotator: annotatorName.optional(),
  /** Who acts; left out where nobody is named. */
  subject: subjectName.optional(),
  /** Its annotator is not sure: nothing is learned from it, as an example or as a counterexample. Left out where they are. */
  ambiguous: z.literal(true).optional(),
  /** Neither a model run nor an edit changes it until it is unlocked. Left out where it is not. */
  locked: z.literal(true).optional(),
  /** Values by the attribute's id, those of removed attributes too; left out where there are none. */
  attributes: attributeValues.optional(),
});
export type Segment = z.infer<typeof segment>;

/** How far a person has looked for one class in one video; `complete` means that every occurrence is marked. */
export const reviewState = z.enum(['unseen', 'in-progress', 'complete']);
export const review = z.object({
  videoId: z.int().positive(),
  classId: z.int().positive(),
  state: reviewState,
});
export type Review = z.infer<typeof review>;
