import { z } from 'zod';
import { say } from './saying.ts';
import { rule } from './said-issue.ts';

/** The values that a choice is made of, in the order of their keys. */
export const attributeOption = z.string().trim().min(1).max(200);

/** Something that may be said of a segment beyond its class: which hand, how many people, how it went. */
export const attribute = z.object({
  id: z.int().positive(),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(['choice', 'number', 'text']),
  /** Of a choice at least one; of the others none. */
  options: z.array(attributeOption).max(200),
  /** A segment without it is shown as not finished. */
  required: z.boolean(),
  /** The classes whose segments have it; null: all. */
  classIds: z.array(z.int().positive()).max(10_000).nullable(),
  /** Order in the inspector, from 0. */
  position: z.int().nonnegative(),
  /** A removed attribute keeps its values, out of sight, so that undo brings both back. */
  removed: z.boolean(),
});
export type Attribute = z.infer<typeof attribute>;

/** Letters of a text that is a value. */
export const longestText = 2000;

/** A choice's option or a text, or a number. */
export const attributeValue = z.union([
  z.string().trim().min(1).max(longestText),
  z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
]);
export type AttributeValue = z.infer<typeof attributeValue>;

/** More entries than these no record of attributes or options has. */
const mostEntries = 1000;

const attributeKey = z
  .string()
  .max(15)
  .regex(/^[1-9]\d*$/);

const bounded = <Key extends z.ZodString, Value extends z.ZodType>(key: Key, value: Value) =>
  z
    .record(key, value)
    .refine(
      (entries) => Object.keys(entries).length <= mostEntries,
      rule(say('at most {{mostEntries}} entries', { mostEntries })),
    )
    .meta({ maxProperties: mostEntries });

/** What a segment says, by the attribute's id. */
export const attributeValues = bounded(attributeKey, attributeValue);
export type AttributeValues = z.infer<typeof attributeValues>;

/** Values to be given to a segment, by the attribute's id; null takes one away. */
export const changedAttributes = bounded(attributeKey, attributeValue.nullable());
export type ChangedAttributes = z.infer<typeof changedAttributes>;

/** Options that get another name, by the old one. */
export const renamedOptions = bounded(attributeOption, attributeOption);

/** Whether segments of a class have an attribute. */
export const isOfClass = ({ classIds }: Pick<Attribute, 'classIds'>, classId: number): boolean =>
  classIds === null || classIds.includes(classId);

/** Of the values of a segment those that can be seen: by attributes that are there and that its class has. */
export const valuesInSight = (
  values: AttributeValues,
  classId: number,
  attributes: readonly Attribute[],
): AttributeValues =>
  Object.fromEntries(
    attributes.flatMap((one) => {
      const value = values[one.id];
      return value === undefined || one.removed || !isOfClass(one, classId) ? [] : [[one.id, value]];
    }),
  );

/** Whether a value is one that the attribute can have. */
export function fitsAttribute({ kind, options }: Pick<Attribute, 'kind' | 'options'>, value: AttributeValue): boolean {
  if (kind === 'number') return typeof value === 'number';
  return typeof value === 'string' && (kind === 'text' || options.includes(value));
}
