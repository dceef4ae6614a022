import { z } from 'zod';
import { actionClass } from './action-class.ts';
import { attribute } from './attribute.ts';
import { recording } from './recording.ts';
import { told } from './saying.ts';
import { annotatorName, review, segment } from './segment.ts';
import { videoSplit } from './split.ts';

const rowChange = <Row extends z.ZodType>(row: Row) => z.object({ before: row.nullable(), after: row.nullable() });

/** Whether a video belongs to the project. A removed one keeps its annotations, out of sight, so that undo brings both back. */
export const videoPresence = z.object({ id: z.int().positive(), removed: z.boolean() });

/** Who asked for an edit; tuning learns from the user's edits alone. */
export const editSource = z.enum(['user', 'model', 'import']);

/**
 * A change of annotations as a value: for each row what it was and what it becomes (`null`: no row).
 * Swapping the two inverts it, so undo, history and training all read one log of these.
 */
export const edit = z.object({
  /** What a person reads in the history: "Accept 'high jump'". */
  label: told,
  source: editSource,
  /** `undoable`: undo steps over it; `silent`: logged, but undo leaves it alone (model runs). */
  record: z.enum(['undoable', 'silent']),
  /** Edits that follow each other and name the same series are one step to undo: a long import is stored in parts. */
  series: z.string().optional(),
  /** The person who asked for it, as they name themselves; left out where nobody said, and for model runs. */
  annotator: annotatorName.optional(),
  /** The restore point that it goes back to: its rows come back as they were, with the names that signed them. */
  restores: z.int().positive().optional(),
  segments: z.array(rowChange(segment)),
  classes: z.array(rowChange(actionClass)),
  reviews: z.array(rowChange(review)),
  videos: z.array(rowChange(videoPresence)),
  /** A log that is older than splits says nothing of them. */
  splits: z.array(rowChange(videoSplit)).default([]),
  /** Nor one that is older than attributes of them. */
  attributes: z.array(rowChange(attribute)).default([]),
  /** Nor one that is older than recordings of sensors of them. */
  recordings: z.array(rowChange(recording)).default([]),
});
export type Edit = z.infer<typeof edit>;

export interface RowChange<Row> {
  readonly before: Row | null;
  readonly after: Row | null;
}

/** The rows that an edit changes, by their kind. */
export type RowChanges = Pick<
  Edit,
  'segments' | 'classes' | 'reviews' | 'videos' | 'splits' | 'attributes' | 'recordings'
>;
export type RowKind = keyof RowChanges;
export type RowOf<Kind extends RowKind> = NonNullable<RowChanges[Kind][number]['after']>;

/** What tells rows of a kind apart. */
const rowKeys: { readonly [Kind in RowKind]: (row: RowOf<Kind>) => string | number } = {
  segments: ({ id }) => id,
  classes: ({ id }) => id,
  reviews: ({ videoId, classId }) => `${videoId} ${classId}`,
  videos: ({ id }) => id,
  splits: ({ videoId }) => videoId,
  attributes: ({ id }) => id,
  recordings: ({ id }) => id,
};
export const rowKinds = Object.keys(rowKeys) as readonly RowKind[];

/** The changes of a kind, each with what tells its row apart from others of the kind. */
export function keyedChanges(
  changes: RowChanges,
  kind: RowKind,
): (RowChange<RowOf<RowKind>> & { readonly key: string | number })[] {
  // A table of kinds cannot say that its entries belong together.
  const keyOf = rowKeys[kind] as (row: RowOf<RowKind>) => string | number;
  return changes[kind].map(({ before, after }) => ({ key: keyOf((after ?? before)!), before, after }));
}

const swap = <Row>(change: RowChange<Row>): { before: Row | null; after: Row | null } => ({
  before: change.after,
  after: change.before,
});

/** The edit that takes this one back. `invertEdit(invertEdit(e))` equals `e`. */
export function invertEdit(value: Edit): Edit {
  return {
    ...value,
    segments: value.segments.map(swap).reverse(),
    classes: value.classes.map(swap).reverse(),
    reviews: value.reviews.map(swap).reverse(),
    videos: value.videos.map(swap).reverse(),
    splits: value.splits.map(swap).reverse(),
    attributes: value.attributes.map(swap).reverse(),
    recordings: value.recordings.map(swap).reverse(),
  };
}
