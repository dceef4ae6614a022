import { z } from 'zod';
import { annotatorName, segmentSource, segmentState } from './segment.ts';

/**
 * How the review queue comes. `missed` and `disagreement` hold only what they are about:
 *
 * - `confident`: the highest score first.
 * - `uncertain`: the score nearest to 0.5 first.
 * - `teaches-most`: as by lot, all over videos, times and classes, where nothing is decided yet before where something is;
 *   always the same lot, further round with each decision.
 * - `class-balanced`: the classes by turns, of each its most confident first.
 * - `in-order`: by video and time.
 * - `random`: by lot, another one with every `draw`.
 * - `missed`: proposals *below* the project's threshold where nothing else stands: no segment that was decided and no
 *   proposal above the threshold covers half of it, of whatever class. The highest score first.
 * - `disagreement`: accepted segments of which the model's ranking puts another class before the accepted one, or of which
 *   an annotator's layer has no segment of the same class at a tIoU of 0.5 or more; and proposals that wait because
 *   annotators disagreed. Where layers disagree first, then by how much more probable the model holds the other class.
 */
export const reviewOrder = z.enum([
  'confident',
  'uncertain',
  'teaches-most',
  'class-balanced',
  'in-order',
  'missed',
  'disagreement',
  'random',
]);
export type ReviewOrder = z.infer<typeof reviewOrder>;

/** What of the project's segments the review queue holds. */
export const reviewFilter = z.object({
  states: z.array(segmentState).min(1).max(3).default(['proposed']),
  /** Of these classes alone; null: of all. */
  classIds: z.array(z.int()).min(1).max(10_000).nullable().default(null),
  videoId: z.int().nullable().default(null),
  /** With a score between both, ends included; null: proposals above the project's threshold, and what has no score. */
  scores: z
    .object({ from: z.number().min(0).max(1), to: z.number().min(0).max(1) })
    .nullable()
    .default(null),
  /** What made it. */
  madeBy: z
    .enum(segmentSource.options.map((option) => option.shape.kind.value))
    .nullable()
    .default(null),
  /** Who decided on it last. */
  annotator: annotatorName.nullable().default(null),
});
export type ReviewFilter = z.infer<typeof reviewFilter>;

/** As many of the queue as can be asked for at once. */
export const mostQueued = 20_000;
