/** A class in its place in the tree. */
export interface TreeRow<Class> {
  readonly of: Class;
  /** 0 at the top. */
  readonly depth: number;
  /** How many classes lie below it, at any depth. */
  readonly below: number;
  readonly isClosed: boolean;
}

interface Node {
  readonly id: number;
  readonly parentId?: number | undefined;
}

/**
 * Classes as the rows of a tree: each followed by those below it, siblings in the order in which they come. A class whose
 * parent is not there, or that lies below itself, stands at the top. What lies below a closed one is left out. Linear.
 */
export function classTree<Class extends Node>(classes: readonly Class[], closed: readonly number[]): TreeRow<Class>[] {
  const ids = new Set(classes.map(({ id }) => id));
  const parentOf = (one: Class): number | null =>
    one.parentId !== undefined && ids.has(one.parentId) ? one.parentId : null;
  const children = Map.groupBy(classes, parentOf);
  const rows: TreeRow<Class>[] = [];
  const placed = new Set<number>();
  const isClosed = new Set(closed);
  const place = (one: Class, depth: number, isShown: boolean): number => {
    placed.add(one.id);
    const own = children.get(one.id) ?? [];
    const at = rows.length;
    const closedHere = own.length > 0 && isClosed.has(one.id);
    if (isShown) rows.push({ of: one, depth, below: 0, isClosed: closedHere });
    let below = 0;
    for (const child of own) if (!placed.has(child.id)) below += 1 + place(child, depth + 1, isShown && !closedHere);
    if (isShown) rows[at] = { ...rows[at]!, below };
    return below;
  };
  for (const one of children.get(null) ?? []) place(one, 0, true);
  for (const one of classes) if (!placed.has(one.id)) place(one, 0, true);
  return rows;
}

/** A class and all that lie below it. */
export function withDescendants<Class extends Node>(classes: readonly Class[], id: number): Class[] {
  const children = Map.groupBy(classes, ({ parentId }) => parentId);
  const found = new Set<number>([id]);
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child.id);
  return classes.filter((each) => found.has(each.id));
}

/** The next class below the same parent, `step` places on; undefined at the end. */
export function siblingOf<Class extends Node>(classes: readonly Class[], one: Node, step: 1 | -1): Class | undefined {
  const siblings = classes.filter(({ parentId }) => parentId === one.parentId);
  return siblings[siblings.findIndex(({ id }) => id === one.id) + step];
}
