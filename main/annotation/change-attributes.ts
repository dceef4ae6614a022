import type { AttributeChange, AttributeWish } from '#preload/contract/attributes.ts';
import { fitsAttribute } from '#preload/domain/attribute.ts';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { classNameKey, readableClassName } from './class-names.ts';
import { userEdit } from './edit-value.ts';
import { withDetails } from './segment-details.ts';

/** A new attribute at the end of the list. Fails with `bad-input` for a name that is taken, or a choice of nothing. */
export function addAttribute(id: number, wish: AttributeWish, attributes: readonly Attribute[]): Edit {
  const position = attributes.reduce((last, row) => Math.max(last, row.position), -1) + 1;
  const after = checked({ id, ...wish, position, removed: false }, attributes);
  return userEdit(say("Add attribute '{{name}}'", { name: after.name }), { attributes: [{ before: null, after }] });
}

/**
 * Changes an attribute, and with it the values that segments have: those of an option that gets another name get it too,
 * and those that it can no longer have go where `unfit` is `clear`. Fails with `bad-input` where segments have such and
 * nothing is said of them: its details tell how many have each (`inUse`).
 */
export function changeAttribute(
  before: Attribute,
  { renamed = {}, unfit = 'refuse', position, ...change }: AttributeChange,
  attributes: readonly Attribute[],
  segmentsWithIt: readonly Segment[],
): Edit {
  const after = checked(
    {
      ...before,
      name: change.name ?? before.name,
      kind: change.kind ?? before.kind,
      options: change.options ?? ((change.kind ?? before.kind) === 'choice' ? before.options : []),
      required: change.required ?? before.required,
      classIds: change.classIds === undefined ? before.classIds : change.classIds,
    },
    attributes,
  );
  const inUse = new Map<AttributeValue, number>();
  const segments = segmentsWithIt.flatMap((segment) => {
    const value = segment.attributes![before.id]!;
    const next = (typeof value === 'string' && Object.hasOwn(renamed, value) ? renamed[value] : undefined) ?? value;
    if (!fitsAttribute(after, next)) inUse.set(value, (inUse.get(value) ?? 0) + 1);
    const wanted = fitsAttribute(after, next) ? next : null;
    return wanted === value
      ? []
      : { before: segment, after: withDetails(segment, { attributes: { [before.id]: wanted } }) };
  });
  if (inUse.size > 0 && unfit === 'refuse') throw stillInUse(after, inUse);
  return userEdit(label(before, after, position), {
    attributes: placed(before, after, position, attributes),
    segments,
  });
}

/** Takes an attribute and, with it, its values out of sight; they stay for undo. */
export const removeAttribute = (before: Attribute): Edit =>
  userEdit(say("Remove attribute '{{name}}'", { name: before.name }), {
    attributes: [{ before, after: { ...before, removed: true } }],
  });

function placed(before: Attribute, after: Attribute, position: number | undefined, attributes: readonly Attribute[]) {
  if (position === undefined) return [{ before, after }];
  const order = attributes.filter((row) => !row.removed && row.id !== before.id);
  order.splice(position, 0, before);
  return order.map((row, place) => ({
    before: row,
    after: { ...(row.id === before.id ? after : row), position: place },
  }));
}

function label(before: Attribute, { name }: Attribute, position: number | undefined): Saying {
  if (before.name !== name) return say("Rename attribute '{{before}}' to '{{name}}'", { before: before.name, name });
  return position === undefined
    ? say("Change attribute '{{name}}'", { name })
    : say("Move attribute '{{name}}'", { name });
}

function stillInUse({ id, name }: Attribute, inUse: ReadonlyMap<AttributeValue, number>): Failure {
  const told = [...inUse].map(([value, count]) =>
    say("'{{value}}' ({{count}} segments)", { value: String(value), count, one: "'{{value}}' ({{count}} segment)" }),
  );
  return new Failure(
    'bad-input',
    say("Segments have values that '{{name}}' could no longer have: {{values}}. Say what becomes of them.", {
      name,
      values: [...told.slice(0, 5), ...(told.length > 5 ? [say('and others')] : [])],
    }),
    { attributeId: id, inUse: [...inUse].map(([value, segments]) => ({ value, segments })) },
  );
}

function checked(value: Attribute, attributes: readonly Attribute[]): Attribute {
  const name = readableClassName(value.name);
  if (classNameKey(name) === '') throw new Failure('bad-input', say('An attribute needs a name that can be seen.'), {});
  const key = classNameKey(name);
  const taken = attributes.find((row) => !row.removed && row.id !== value.id && classNameKey(row.name) === key);
  if (taken !== undefined)
    throw new Failure('bad-input', say("There is already an attribute '{{name}}'.", { name: taken.name }), {
      attributeId: taken.id,
    });
  return { ...value, name, options: value.kind === 'choice' ? distinctOptions(name, value.options) : [] };
}

function distinctOptions(name: string, options: readonly string[]): string[] {
  const told = options.map(readableClassName).filter((option) => classNameKey(option) !== '');
  if (told.length === 0)
    throw new Failure('bad-input', say("'{{name}}' is a choice: it needs at least one option.", { name }), {});
  const seen = new Set<string>();
  for (const option of told) {
    const key = classNameKey(option);
    if (seen.has(key))
      throw new Failure('bad-input', say("'{{name}}' has the option '{{option}}' twice.", { name, option }), {
        option,
      });
    seen.add(key);
  }
  return told;
}
