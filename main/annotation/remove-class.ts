import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';
import { refuseLocked } from './locked-segments.ts';

/** Takes a class and, with it, its segments out of sight; the rows stay for undo. Fails with `locked` where one is. */
export function removeClass(before: ActionClass, segmentsOfIt: readonly Segment[]): Edit {
  const locked = segmentsOfIt.flatMap((segment) => (segment.locked ? segment.id : []));
  refuseLocked(locked, segmentsOfIt.length);
  return userEdit(say("Remove class '{{name}}'", { name: before.name }), {
    classes: [{ before, after: { ...before, removed: true } }],
  });
}
