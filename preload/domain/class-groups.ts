import type { ActionClass } from './action-class.ts';

/**
 * Which group of classes that cannot overlap each class belongs to, by the class that they lie below; none for points, which
 * cover no time, and for what was removed. Empty where no class keeps others apart.
 */
export function exclusiveGroups(
  classes: readonly Pick<ActionClass, 'id' | 'parentId' | 'kind' | 'exclusive' | 'removed'>[],
): ReadonlyMap<number, number> {
  const groups = new Map<number, number>();
  if (!classes.some(({ exclusive, removed }) => exclusive && !removed)) return groups;
  const byId = new Map(classes.map((each) => [each.id, each]));
  for (const { id, parentId, kind, removed } of classes) {
    if (kind === 'point' || removed) continue;
    // Rows of a stranger may go round.
    const passed = new Set<number>();
    for (let above = byId.get(parentId ?? 0); above && !passed.has(above.id); above = byId.get(above.parentId ?? 0)) {
      passed.add(above.id);
      if (!above.exclusive || above.removed) continue;
      groups.set(id, above.id);
      break;
    }
  }
  return groups;
}
