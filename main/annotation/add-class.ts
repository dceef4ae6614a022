import { classColours } from '#preload/domain/action-class.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { say } from '#preload/domain/saying.ts';
import { classNameKey, readableClassName, refuseTakenName, refuseUnreadableName } from './class-names.ts';
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
  refuseUnreadableName(name);
  refuseTakenName(name, classes);
  const added = newClasses(id, [{ name, prompt }], classes)[0]!;
  return {
    edit: userEdit(say("Add class '{{name}}'", { name: added.name }), { classes: [{ before: null, after: added }] }),
    added,
  };
}

/**
 * New classes of these names at the end of the list, but for those that are there already or named before. Fails with
 * `bad-input` for a name that cannot be read: then none is added.
 */
export function addClasses(
  firstId: number,
  names: readonly string[],
  classes: readonly ActionClass[],
): { readonly edit: Edit; readonly added: ActionClass[] } {
  names.forEach(refuseUnreadableName);
  const known = new Set(classes.flatMap(({ removed, name }) => (removed ? [] : classNameKey(name))));
  const fresh = names.filter((name) => {
    const key = classNameKey(name);
    return !known.has(key) && known.add(key);
  });
  const added = newClasses(
    firstId,
    fresh.map((name) => ({ name })),
    classes,
  );
  const label =
    added.length === 1
      ? say("Add class '{{name}}'", { name: added[0]!.name })
      : say('Add {{count}} classes', { count: added.length, one: 'Add {{count}} class' });
  return { edit: userEdit(label, { classes: added.map((after) => ({ before: null, after })) }), added };
}

interface ClassWish {
  readonly name: string;
  readonly prompt?: string | undefined;
  readonly colour?: string | undefined;
  /** Null: none; `undefined`: the first that is free. */
  readonly digitKey?: number | null | undefined;
}

/**
 * The rows of classes added after `classes`, as wished, with identifiers from `firstId`; a digit key that another class
 * has gives way to a free one. Linear in both lists.
 */
export function newClasses(
  firstId: number,
  wishes: readonly ClassWish[],
  classes: readonly ActionClass[],
): ActionClass[] {
  const present = classes.filter((value) => !value.removed);
  const usedKeys = new Set(present.map(({ digitKey }) => digitKey));
  const uses = new Map<string, number>(classColours.map((colour) => [colour, 0]));
  const use = (colour: string) => uses.set(colour, (uses.get(colour) ?? 0) + 1);
  for (const { colour } of present) use(colour);
  const lastPosition = present.reduce((last, value) => Math.max(last, value.position), -1);
  const isFree = (key: number) => !usedKeys.has(key);
  return wishes.map((wish, index) => {
    const name = readableClassName(wish.name);
    const wishedKey = typeof wish.digitKey === 'number' && !isFree(wish.digitKey) ? undefined : wish.digitKey;
    const digitKey = wishedKey === undefined ? (digitKeys.find(isFree) ?? null) : wishedKey;
    usedKeys.add(digitKey);
    const colour = wish.colour ?? leastUsed(uses);
    use(colour);
    return {
      id: firstId + index,
      name,
      prompt: wish.prompt?.trim() || name,
      colour,
      digitKey,
      position: lastPosition + 1 + index,
      removed: false,
    };
  });
}

const leastUsed = (uses: ReadonlyMap<string, number>): string =>
  classColours.reduce<string>((best, colour) => (uses.get(colour)! < uses.get(best)! ? colour : best), classColours[0]);
