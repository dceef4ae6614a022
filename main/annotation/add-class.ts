import { classColours } from '#preload/domain/action-class.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { refuseTakenName } from './class-names.ts';
import { userEdit } from './edit-value.ts';

/** The order of digit keys on a keyboard. */
const digitKeys = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

/**
 * A new class at the end of the list, with the least used colour and the first free digit key.
 * Fails with `bad-input` where the name is taken.
 */
export function addClass(
  id: number,
  { name, prompt }: { readonly name: string; readonly prompt?: string | undefined },
  classes: readonly ActionClass[],
): { readonly edit: Edit; readonly added: ActionClass } {
  refuseTakenName(name, classes);
  const added = newClass(id, { name, prompt }, classes);
  return { edit: userEdit(`Add class '${added.name}'`, { classes: [{ before: null, after: added }] }), added };
}

export interface ClassWish {
  readonly name: string;
  readonly prompt?: string | undefined;
  readonly colour?: string | undefined;
  /** Null: none; `undefined`: the first that is free. */
  readonly digitKey?: number | null | undefined;
}

/** The row of a class added after `classes`, as wished; a digit key that another class has gives way to a free one. */
export function newClass(id: number, wish: ClassWish, classes: readonly ActionClass[]): ActionClass {
  const present = classes.filter((value) => !value.removed);
  const name = wish.name.trim();
  const isFree = (key: number) => present.every((value) => value.digitKey !== key);
  const wishedKey = typeof wish.digitKey === 'number' && !isFree(wish.digitKey) ? undefined : wish.digitKey;
  return {
    id,
    name,
    prompt: wish.prompt?.trim() || name,
    colour: wish.colour ?? leastUsedColour(present),
    digitKey: wishedKey === undefined ? (digitKeys.find(isFree) ?? null) : wishedKey,
    position: present.reduce((last, value) => Math.max(last, value.position), -1) + 1,
    removed: false,
  };
}

function leastUsedColour(present: readonly ActionClass[]): string {
  const uses = (colour: string) => present.filter((value) => value.colour === colour).length;
  return classColours.reduce<string>((best, colour) => (uses(colour) < uses(best) ? colour : best), classColours[0]);
}
