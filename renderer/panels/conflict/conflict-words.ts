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
};

/** The fields of a row that are contested; none where it is gone. Pure. */
export const contestedFields = ({ input }: Conflict, { now }: ConflictRow): ContestedField[] =>
  Object.entries(now ?? {}).map(([field, theirs]) => ({
    field,
    label: labels[field] ?? field,
    theirs,
    mine: input[field],
  }));

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
