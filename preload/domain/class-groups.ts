import type { ActionClass } from './action-class.ts';
import { classesAbove } from './class-ancestors.ts';

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
  for (const each of classes) {
    if (each.kind === 'point' || each.removed) continue;
    const keeper = classesAbove(each, byId).find(({ exclusive, removed }) => exclusive && !removed);
    if (keeper) groups.set(each.id, keeper.id);
  }
  return groups;
}
