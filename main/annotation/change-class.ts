import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { readableClassName, refuseTakenName, refuseUnreadableName } from './class-names.ts';
import { userEdit } from './edit-value.ts';

export interface ClassChange {
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly colour?: string | undefined;
  readonly digitKey?: number | null | undefined;
  readonly position?: number | undefined;
}

/**
 * Changes a class. A prompt that was just the name follows the name; a digit key or a place in the list that another
 * class has is exchanged or made room for. Fails with `bad-input` where the name is taken.
 */
export function changeClass(before: ActionClass, change: ClassChange, classes: readonly ActionClass[]): Edit {
  if (change.name !== undefined) {
    refuseUnreadableName(change.name);
    refuseTakenName(change.name, classes, before.id);
  }
  const name = change.name === undefined ? before.name : readableClassName(change.name);
  const prompt = change.prompt?.trim() ?? (before.prompt === before.name ? name : before.prompt);
  const digitKey = change.digitKey === undefined ? before.digitKey : change.digitKey;
  const present = classes.filter((value) => !value.removed);
  const order = present.filter((value) => value.id !== before.id);
  order.splice(change.position ?? present.findIndex((value) => value.id === before.id), 0, before);

  const changes = order.map((row, place) => {
    const position = change.position === undefined ? row.position : place;
    if (row.id === before.id)
      return { before, after: { ...before, name, prompt, colour: change.colour ?? before.colour, digitKey, position } };
    const givesKey = digitKey !== null && row.digitKey === digitKey;
    return { before: row, after: { ...row, digitKey: givesKey ? before.digitKey : row.digitKey, position } };
  });
  return userEdit(label(before, name, change), { classes: changes });
}

function label(before: ActionClass, name: string, change: ClassChange): string {
  if (name !== before.name) return `Rename '${before.name}' to '${name}'`;
  if (change.prompt !== undefined) return `Change the prompt of '${name}'`;
  if (change.colour !== undefined) return `Recolour '${name}'`;
  if (change.digitKey !== undefined) return `Change the key of '${name}'`;
  return `Move class '${name}'`;
}
