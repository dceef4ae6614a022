import type { ActionClass } from '#preload/domain/action-class.ts';
import { isOrLiesBelow } from '#preload/domain/class-ancestors.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';

/**
 * Every segment of `from` becomes one of `into`, decided or not as it was, and `from` is removed; what layers
 * say of it is then said of `into`, and what lay below it lies below that.
 * How far `into` was reviewed stays: it was not reviewed for what comes in. Fails with `bad-input` for one class twice.
 */
export function mergeClasses(
  from: ActionClass,
  into: ActionClass,
  segmentsOfFrom: readonly Segment[],
  classes: readonly ActionClass[],
): Edit {
  if (from.id === into.id)
    throw new Failure('bad-input', say("'{{name}}' cannot be merged into itself.", { name: from.name }));
  const byId = new Map(classes.map((value) => [value.id, value]));
  return userEdit(say("Merge '{{from}}' into '{{into}}'", { from: from.name, into: into.name }), {
    segments: segmentsOfFrom.map((before) => ({ before, after: { ...before, classId: into.id } })),
    classes: [
      { before: from, after: { ...from, removed: true, mergedInto: into.id } },
      ...classes
        .filter(({ parentId }) => parentId === from.id)
        .map((child) => ({
          before: child,
          after: below(child, isOrLiesBelow(into, child.id, byId) ? from.parentId : into.id),
        })),
    ],
  });
}

function below({ parentId: _, ...child }: ActionClass, parentId: number | undefined): ActionClass {
  return parentId === undefined ? child : { ...child, parentId };
}
