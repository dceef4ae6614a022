import { counted } from '#preload/domain/counted.ts';
import type { ConflictRow } from '#preload/domain/seen.ts';
import type { Conflict } from '../../backend/conflicts.ts';

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
  startUs: 'Start',
  endUs: 'End',
  classId: 'Class',
  state: 'State',
  note: 'Note',
  name: 'Name',
  prompt: 'Prompt',
  colour: 'Colour',
  digitKey: 'Key',
  subject: 'Subject',
  ambiguous: 'Ambiguous',
  locked: 'Locked',
  parentId: 'Lies below',
  definition: 'Definition',
  kind: 'Kind',
  exclusive: 'Kept apart',
  morePrompts: 'Further prompts',
  examples: 'Examples',
  options: 'Options',
  required: 'Needed',
  classIds: 'Of the classes',
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
          field: `attribute ${id}`,
          label: nameOfAttribute(Number(id)) ?? 'Attribute',
          theirs: value,
          mine: (input[field] as Readonly<Record<string, unknown>> | undefined)?.[id],
        }))
      : { field, label: labels[field] ?? field, theirs, mine: input[field] },
  );

const wholes: Readonly<Record<string, string>> = {
  'segments.remove': 'delete it',
  'segments.split': 'split it',
  'segments.merge': 'merge it with others',
  'classes.remove': 'remove it',
};

/** What was to be done to the row as a whole; undefined where fields were to change. Pure. */
export const wholeWish = ({ call }: Conflict): string | undefined => wholes[call];

/** Who was first, as the dialog calls them. Pure. */
export const whoOf = (rows: readonly ConflictRow[]): string =>
  [...new Set(rows.map(({ by }) => by ?? 'Somebody else'))].join(' and ');

/** "2 segments", "a class". Pure. */
export function whatOf(rows: readonly ConflictRow[]): string {
  const { kind } = rows[0]!;
  return rows.length === 1 ? `a ${kind}` : counted(rows.length, kind, kind === 'class' ? 'classes' : undefined);
}
