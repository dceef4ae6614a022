import { create } from 'zustand';
import type { ConflictRow } from '#preload/domain/seen.ts';
import { failureOf } from './failures.ts';

/** An edit that the backend refused since somebody else has changed the same meanwhile. */
export interface Conflict {
  /** Of the contract, `segments.update`. */
  readonly call: string;
  /** As it was sent, with what was seen. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly rows: readonly ConflictRow[];
}

/** Conflicts that wait for the person to choose, the first to be shown first. */
export const useConflicts = create<{ readonly waiting: readonly Conflict[] }>(() => ({ waiting: [] }));

const rowsOf = (details: Readonly<Record<string, unknown>>): readonly ConflictRow[] =>
  Array.isArray(details['rows']) ? (details['rows'] as ConflictRow[]) : [];

/** Whether a failure is a conflict that waits to be chosen about: its dialog says all there is to say. */
export const isBeingAsked = (error: unknown): boolean => {
  const { code, details } = failureOf(error);
  return code === 'conflict' && rowsOf(details).length > 0;
};

/** Keeps what was asked for where the answer is a conflict, so that the person can choose; the call fails all the same. */
export async function keepConflict<Answer>(
  path: readonly string[],
  input: unknown,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (isBeingAsked(error)) {
      const rows = rowsOf(failureOf(error).details);
      const conflict = { call: path.join('.'), input: input as Conflict['input'], rows };
      useConflicts.setState(({ waiting }) => ({ waiting: [...waiting, conflict] }));
    }
    throw error;
  }
}

export const closeConflict = (conflict: Conflict): void =>
  useConflicts.setState(({ waiting }) => ({ waiting: waiting.filter((each) => each !== conflict) }));

/** A change of a class without the fields that others have changed as well; null where none is left, and of any other wish. Pure. */
function uncontested(call: string, input: Conflict['input'], now: object): Conflict['input'] | null {
  if (call !== 'classes.update') return null;
  const kept = Object.entries(input).filter(([field]) => !(field in now));
  return kept.some(([field]) => field !== 'classId' && field !== 'seen') ? Object.fromEntries(kept) : null;
}

/**
 * The call that does what the person asked for after they have seen what others made of it (`mine`), or what of it
 * contradicts nobody (`theirs`); null where nothing is left to do. Pure.
 */
export function resolved({ call, input, rows }: Conflict, choice: 'mine' | 'theirs'): Conflict['input'] | null {
  const nowOf = new Map(rows.map(({ id, now }) => [id, now]));
  const ids = (input['segmentIds'] ?? input['classIds']) as readonly number[] | undefined;
  const idsName = input['segmentIds'] === undefined ? 'classIds' : 'segmentIds';
  const { seen } = input;
  if (ids === undefined) {
    const { now } = rows[0]!;
    if (now === null) return null;
    return choice === 'mine' ? { ...input, seen: { ...(seen as object), ...now } } : uncontested(call, input, now);
  }
  const pairs = ids.map((id, index) => ({ id, seen: (seen as readonly unknown[] | undefined)?.[index] }));
  const wanted = choice === 'mine' ? pairs : pairs.filter(({ id }) => !nowOf.has(id));
  if (wanted.length === 0) return null;
  const seenNow = wanted.map(({ id, seen: was }) => {
    const now = nowOf.get(id);
    if (now === undefined || now === null) return now === null ? null : was;
    return typeof was === 'string' ? (now as { state: string }).state : { ...(was as object), ...now };
  });
  return { ...input, [idsName]: wanted.map(({ id }) => id), seen: seenNow };
}
