import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { userEdit } from './edit-value.ts';

/** Takes a class and, with it, its segments out of sight; the rows stay for undo. */
export function removeClass(before: ActionClass): Edit {
  return userEdit(`Remove class '${before.name}'`, { classes: [{ before, after: { ...before, removed: true } }] });
}
