import { fitsAttribute } from '#preload/domain/attribute.ts';
import type { Attribute, AttributeValue } from '#preload/domain/attribute.ts';
import type { RowChange } from '#preload/domain/edit.ts';
import { classNameKey, readableClassName } from '../annotation/class-names.ts';
import type { ImportedAttribute, SaidValues } from './annotation-set.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** More different values than these are no choice. */
const mostOptions = 20;
const longestOption = 200;

/** Which values rows have, attribute by attribute: gathered before anything is made of them. */
export class SaidAttributes {
  readonly #values = new Map<string, { readonly name: string; readonly values: Set<AttributeValue> }>();

  add(said: SaidValues | undefined): void {
    for (const [name, value] of Object.entries(said ?? {})) {
      const key = classNameKey(name);
      const known = this.#values.get(key);
      if (known === undefined) this.#values.set(key, { name: readableClassName(name), values: new Set([value]) });
      else if (known.values.size <= 2000) known.values.add(value);
    }
  }

  /** With a key for each attribute, under which names that read the same are one. */
  all(): ReadonlyMap<string, { readonly name: string; readonly values: ReadonlySet<AttributeValue> }> {
    return this.#values;
  }
}

export interface MetAttributes {
  /** New attributes, and options that those of the project get. */
  readonly changes: readonly RowChange<Attribute>[];
  /** Values of a row by the project's attributes; those that fit none are left out. */
  valuesOf(said: SaidValues | undefined): Record<string, AttributeValue>;
  readonly warnings: readonly Saying[];
}

/**
 * Which attribute of the project each of a file is: the one of its name, which gets the options that it lacks; else a new
 * one, as the file defines it or, where it does not, as its values are: numbers, a few options, or texts.
 */
export function meetAttributes(
  used: SaidAttributes,
  defined: readonly ImportedAttribute[],
  project: readonly Attribute[],
  firstNewId: number,
  classIdsOf: (names: readonly string[]) => number[],
): MetAttributes {
  const definedAs = new Map(defined.map((one) => [classNameKey(one.name), one]));
  const present = new Map(project.filter(({ removed }) => !removed).map((one) => [classNameKey(one.name), one]));
  const names = new Map(defined.map((one) => [classNameKey(one.name), readableClassName(one.name)]));
  for (const [key, { name }] of used.all()) if (!names.has(key)) names.set(key, name);
  const changes: RowChange<Attribute>[] = [];
  const attributeOf = new Map<string, Attribute>();
  let last = project.reduce((position, one) => Math.max(position, one.position), -1);
  let nextId = firstNewId;
  for (const [key, name] of names) {
    if (key === '' || name.length > longestOption) continue;
    const values = [...(used.all().get(key)?.values ?? [])];
    const before = present.get(key) ?? null;
    const told = definedAs.get(key);
    const base: Attribute = before ?? {
      id: nextId++,
      name,
      ...asDefined(told, values),
      required: told?.required ?? false,
      classIds: told?.classes == null ? null : classIdsOf(told.classes),
      position: (last += 1),
      removed: false,
    };
    const after = base.kind === 'choice' ? withOptions(base, [...(told?.options ?? []), ...values]) : base;
    attributeOf.set(key, after);
    if (before === null || after !== before) changes.push({ before, after });
  }
  const unfit = [...used.all()].flatMap(([key, { name, values }]) => {
    const attribute = attributeOf.get(key);
    const lost = [...values].filter((value) => attribute === undefined || asKind(attribute, value) === null).length;
    return lost === 0 ? [] : [valuesLeftOut(name, lost)];
  });
  return {
    changes,
    warnings: unfit,
    valuesOf: (said) =>
      Object.fromEntries(
        Object.entries(said ?? {}).flatMap(([name, value]) => {
          const attribute = attributeOf.get(classNameKey(name));
          const fit = attribute === undefined ? null : asKind(attribute, value);
          return fit === null ? [] : [[attribute!.id, fit] as const];
        }),
      ),
  };
}

function asDefined(
  told: ImportedAttribute | undefined,
  values: readonly AttributeValue[],
): Pick<Attribute, 'kind' | 'options'> {
  if (told !== undefined) return { kind: told.kind, options: [...told.options] };
  const isNumber = (value: AttributeValue): boolean => Number.isFinite(Number(value));
  if (values.every(isNumber)) return { kind: 'number', options: [] };
  const isFew = values.length <= mostOptions && values.every((value) => String(value).length <= longestOption);
  return { kind: isFew ? 'choice' : 'text', options: [] };
}

/** The same attribute with further options, or itself where none is missing. */
function withOptions(attribute: Attribute, values: readonly AttributeValue[]): Attribute {
  const known = new Set(attribute.options);
  const missing = [...new Set(values.map(String))].filter(
    (value) => !known.has(value) && value !== '' && value.length <= longestOption,
  );
  const room = Math.max(0, 200 - known.size);
  return missing.length === 0 || room === 0
    ? attribute
    : { ...attribute, options: [...attribute.options, ...missing.slice(0, room)] };
}

/** A value as an attribute can have it, read from its text where need be; null where it cannot. */
export function asKind(attribute: Attribute, value: AttributeValue): AttributeValue | null {
  const asked = attribute.kind === 'number' ? Number(value) : String(value).trim();
  if (typeof asked === 'number' && !(Math.abs(asked) <= Number.MAX_SAFE_INTEGER)) return null;
  return asked !== '' && fitsAttribute(attribute, asked) ? asked : null;
}

/** What is said of values that no attribute can have. */
export const valuesLeftOut = (name: string, count: number): Saying =>
  say('{{count}} values of "{{name}}" fit no attribute of this project: left out.', {
    count,
    one: '{{count}} value of "{{name}}" fits no attribute of this project: left out.',
    name,
  });
