import { z } from 'zod';
import { actionClass } from './action-class.ts';
import { segment, segmentState } from './segment.ts';
import { saying, told } from './saying.ts';

/** A segment as it is to be made by a person, several at once. */
export const newSegment = z.object({
  startUs: segment.shape.startUs,
  endUs: segment.shape.endUs,
  /** A class of the project, or the name of one that is made with it. */
  class: z.union([z.int().positive(), actionClass.shape.name]),
  state: segmentState.default('accepted'),
  note: segment.shape.note.default(''),
  subject: segment.shape.subject,
  ambiguous: segment.shape.ambiguous,
  attributes: segment.shape.attributes,
});
export type NewSegment = z.infer<typeof newSegment>;

/** What brings several segments about at once; the history says it. */
export const making = z.enum(['paste', 'duplicate', 'windows', 'gaps']);
export type Making = z.infer<typeof making>;

/** So many segments can be made in one step. */
export const mostNewSegments = 20_000;

/** A row of a file or a table, and what is wrong with it. */
export const rowWithReason = z.object({ place: told, reason: saying });
export type RowWithReason = z.infer<typeof rowWithReason>;

/** A table of segments as text, as it lies in the clipboard, as this video would take it. */
export const pastedTable = z.object({
  rows: z.array(
    newSegment.extend({
      /** Where in the table: `line 4, row 3`. */
      place: told,
      /** It reached over an edge of the video and was cut there. */
      cut: z.boolean(),
    }),
  ),
  /** Names that no class of the project has, in the order of the table. */
  newClasses: z.array(z.string()),
  /** What is left out of rows that are taken, in sentences. */
  warnings: z.array(saying),
  leftOut: z.array(rowWithReason),
});
export type PastedTable = z.infer<typeof pastedTable>;
