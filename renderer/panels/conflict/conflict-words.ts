import type { ConflictRow } from '#preload/domain/seen.ts';
import { counted } from '../../language/counted.ts';
import type { Conflict } from '../../backend/conflicts.ts';
import { t } from '../../language/language.ts';

/** One field that two people changed. */
export interface ContestedField {
  readonly field: string;
  readonly label: string;
  /** As it is now, of whoever was first. */
  readonly theirs: unknown;
  /** As this window asked for; undefined where it wanted the whole row otherwise: gone, in two, or in one with others. */
  readonly mine: unknown;
}

const labels: Readonly<Record<string, string>> = {
  startUs: t('Start'),
  endUs: t('End'),
  classId: t('Class'),
  state: t('State'),
  note: t('Note'),
  name: t('Name'),
  prompt: t('Prompt'),
  colour: t('Colour'),
  digitKey: t('Key'),
  subject: t('Subject'),
  ambiguous: t('Ambiguous'),
  locked: t('Locked'),
  parentId: t('Lies below'),
  definition: t('Definition'),
  kind: t('Kind'),
  exclusive: t('Kept apart'),
  morePrompts: t('Further prompts'),
  examples: t('Examples'),
  options: t('Options'),
  required: t('Needed'),
  classIds: t('Of the classes'),
};

/** The fields of a row that are contested; none where it is gone. Pure. */
export const contestedFields = (
  { input }: Conflict,
  { now }: ConflictRow,
  nameOfAttribute: (id: number) => string | undefined = () => undefined,
): ContestedField[] =>
  Object.entries(now ?? {}).flatMap(([field, theirs]) =>
    field === 'attributes' && typeof theirs === 'object' && theirs !== null
      ? Object.entries(theirs).map(([id, value]) => ({
          field: t('attribute {{id}}', { id }),
          label: nameOfAttribute(Number(id)) ?? t('Attribute'),
          theirs: value,
          mine: (input[field] as Readonly<Record<string, unknown>> | undefined)?.[id],
        }))
      : { field, label: labels[field] ?? field, theirs, mine: input[field] },
  );

const wholes: Readonly<Record<string, string>> = {
  'segments.remove': t('delete it'),
  'segments.split': t('split it'),
  'segments.merge': t('merge it with others'),
  'classes.remove': t('remove it'),
};

/** What was to be done to the row as a whole; undefined where fields were to change. Pure. */
export const wholeWish = ({ call }: Conflict): string | undefined => wholes[call];

/** Who was first, as the dialog calls them. Pure. */
export const whoOf = (rows: readonly ConflictRow[]): string =>
  [...new Set(rows.map(({ by }) => by ?? t('Somebody else')))].join(t(' and '));

const namedKinds: { readonly [Kind in ConflictRow['kind']]: (count: number) => string } = {
  segment: (count) => (count === 1 ? t('a segment') : counted(count, 'segment')),
  class: (count) => (count === 1 ? t('a class') : counted(count, 'class', 'classes')),
  review: (count) => (count === 1 ? t('a review') : counted(count, 'review')),
  attribute: (count) => (count === 1 ? t('an attribute') : counted(count, 'attribute')),
};

/** "2 segments", "a class". Pure. */
export function whatOf(rows: readonly ConflictRow[]): string {
  return namedKinds[rows[0]!.kind](rows.length);
}
