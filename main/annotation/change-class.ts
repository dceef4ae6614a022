import type { ActionClass } from '#preload/domain/action-class.ts';
import { isOrLiesBelow } from '#preload/domain/class-ancestors.ts';
import type { ClassChange } from '#preload/contract/classes.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { readableClassName, refuseTakenName, refuseUnreadableName } from './class-names.ts';
import { userEdit } from './edit-value.ts';

/**
 * Changes a class. A prompt that was just the name follows the name; a digit key or a place in the list that another
 * class has is exchanged or made room for. Fails with `bad-input` where the name is taken, or where it would lie below
 * itself.
 */
export function changeClass(before: ActionClass, change: ClassChange, classes: readonly ActionClass[]): Edit {
  if (change.name !== undefined) {
    refuseUnreadableName(change.name);
    refuseTakenName(change.name, classes, before.id);
  }
  if (change.parentId != null) refuseCycle(before, change.parentId, classes);
  const name = change.name === undefined ? before.name : readableClassName(change.name);
  const prompt = change.prompt?.trim() ?? (before.prompt === before.name ? name : before.prompt);
  const digitKey = change.digitKey === undefined ? before.digitKey : change.digitKey;
  const present = classes.filter((value) => !value.removed);
  const order = present.filter((value) => value.id !== before.id);
  order.splice(change.position ?? present.findIndex((value) => value.id === before.id), 0, before);

  const changes = order.map((row, place) => {
    const position = change.position === undefined ? row.position : place;
    if (row.id === before.id) {
      const colour = change.colour ?? before.colour;
      return { before, after: withMeaning({ ...before, name, prompt, colour, digitKey, position }, change) };
    }
    const givesKey = digitKey !== null && row.digitKey === digitKey;
    return { before: row, after: { ...row, digitKey: givesKey ? before.digitKey : row.digitKey, position } };
  });
  return userEdit(label(before, name, change, classes), { classes: changes });
}

/** A class with another meaning or place: what it does not say is left out. */
function withMeaning(value: ActionClass, change: ClassChange): ActionClass {
  const { parentId, definition, kind, exclusive, morePrompts, examples, ...rest } = value;
  const wanted = {
    parentId: change.parentId === undefined ? parentId : (change.parentId ?? undefined),
    definition: change.definition?.trim() ?? definition,
    kind: change.kind ?? kind,
    exclusive: change.exclusive ?? exclusive,
    morePrompts: change.morePrompts === undefined ? morePrompts : furtherPrompts(rest.prompt, change.morePrompts),
    examples: change.examples === undefined ? examples : [...new Set(change.examples)],
  };
  return {
    ...rest,
    ...(wanted.parentId !== undefined && { parentId: wanted.parentId }),
    ...(wanted.definition && { definition: wanted.definition }),
    ...(wanted.kind === 'point' && { kind: 'point' }),
    ...(wanted.exclusive && { exclusive: true }),
    ...(wanted.morePrompts && wanted.morePrompts.length > 0 && { morePrompts: wanted.morePrompts }),
    ...(wanted.examples && wanted.examples.length > 0 && { examples: wanted.examples }),
  };
}

/** Said once each, and not what the first one says. */
const furtherPrompts = (prompt: string, texts: readonly string[]): string[] =>
  [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '' && text !== prompt);

function refuseCycle({ id, name }: ActionClass, parentId: number, classes: readonly ActionClass[]): void {
  const classOf = new Map(classes.map((value) => [value.id, value]));
  const parent = classOf.get(parentId);
  if (parent === undefined || parent.removed)
    throw new Failure('not-found', say("The class that '{{name}}' is to lie below is no longer there.", { name }), {
      parentId,
    });
  if (isOrLiesBelow(parent, id, classOf))
    throw new Failure(
      'bad-input',
      say("'{{name}}' cannot lie below '{{parent}}', which lies below '{{name}}'.", { name, parent: parent.name }),
      {
        parentId,
      },
    );
}

function label(before: ActionClass, name: string, change: ClassChange, classes: readonly ActionClass[]): Saying {
  if (name !== before.name) return say("Rename '{{before}}' to '{{name}}'", { before: before.name, name });
  if (change.prompt !== undefined || change.morePrompts !== undefined)
    return say("Change the prompts of '{{name}}'", { name });
  if (change.colour !== undefined) return say("Recolour '{{name}}'", { name });
  if (change.digitKey !== undefined) return say("Change the key of '{{name}}'", { name });
  if (change.parentId === null) return say("Put '{{name}}' at the top", { name });
  if (change.parentId !== undefined)
    return say("Put '{{name}}' below '{{parent}}'", {
      name,
      parent: classes.find(({ id }) => id === change.parentId)!.name,
    });
  if (change.definition !== undefined) return say("Define '{{name}}'", { name });
  if (change.examples !== undefined) return say("Change the examples of '{{name}}'", { name });
  if (change.kind !== undefined)
    return change.kind === 'point'
      ? say("Make '{{name}}' points in time", { name })
      : say("Make '{{name}}' spans of time", { name });
  if (change.exclusive !== undefined)
    return change.exclusive
      ? say("Keep classes below '{{name}}' apart", { name })
      : say("No longer keep classes below '{{name}}' apart", { name });
  return say("Move class '{{name}}'", { name });
}
