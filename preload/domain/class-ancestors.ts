import type { ActionClass } from './action-class.ts';

type InTree = Pick<ActionClass, 'id' | 'parentId'>;

/** The classes that one lies below, the nearest first. Rows of a stranger may go round: each comes once. */
export function classesAbove<Row extends InTree>({ parentId }: InTree, byId: ReadonlyMap<number, Row>): Row[] {
  const passed = new Set<Row>();
  for (let at = byId.get(parentId ?? 0); at !== undefined && !passed.has(at); at = byId.get(at.parentId ?? 0))
    passed.add(at);
  return [...passed];
}

/** Whether a class is another or lies below it, through whichever others. */
export const isOrLiesBelow = (one: InTree, otherId: number, byId: ReadonlyMap<number, InTree>): boolean =>
  one.id === otherId || classesAbove(one, byId).some(({ id }) => id === otherId);
