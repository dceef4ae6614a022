import type { ActionClass } from '#preload/domain/action-class.ts';
import type { AttributeValues } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** The fields of a row by which two people's edits are held against each other; what a row leaves out is said. */
export type RowFields = Readonly<Record<string, unknown>>;

/** The field of one attribute: who says the hand does not contradict who says the height. */
const fieldOfAttribute = (id: string): string => `attribute ${id}`;

const attributeFields = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [fieldOfAttribute(id), value]));

/** Of a segment. A value that it does not have is left out: see `isField`. */
export function segmentFields({
  subject = '',
  ambiguous,
  locked,
  attributes = {},
  ...rest
}: Partial<Segment>): RowFields {
  return {
    ...rest,
    subject,
    ambiguous: ambiguous === true,
    locked: locked === true,
    ...attributeFields(attributes),
  };
}

/** Of a class. */
export const classFields = (value: Partial<ActionClass>): RowFields => ({
  ...value,
  parentId: value.parentId ?? null,
  definition: value.definition ?? '',
  kind: value.kind ?? 'span',
  exclusive: value.exclusive === true,
  morePrompts: value.morePrompts ?? [],
  examples: value.examples ?? [],
});

/** What is seen or wished of a segment, with a field for each attribute. */
export function spreadAttributes({
  attributes = {},
  ...rest
}: {
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}): RowFields {
  return { ...rest, ...attributeFields(attributes) };
}

/** The inverse of `spreadAttributes`. */
export function gatherAttributes(fields: RowFields): RowFields {
  const isOfAttribute = (field: string): boolean => field.startsWith(fieldOfAttribute(''));
  const entries = Object.entries(fields);
  const attributes = entries.filter(([field]) => isOfAttribute(field));
  const rest = entries.filter(([field]) => !isOfAttribute(field));
  if (attributes.length === 0) return fields;
  const values = attributes.map(([field, value]) => [field.slice(fieldOfAttribute('').length), value ?? null]);
  return { ...Object.fromEntries(rest), attributes: Object.fromEntries(values) as AttributeValues };
}
