import { isOfClass, type Attribute, type AttributeValue } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** What several segments say of one thing: all the same, nothing, or different things. */
export type Shared<Value> =
  { readonly kind: 'same'; readonly value: Value } | { readonly kind: 'none' } | { readonly kind: 'mixed' };

export function sharedValue<Value>(values: readonly (Value | undefined)[]): Shared<Value> {
  const [first] = values;
  if (!values.every((value) => value === first)) return { kind: 'mixed' };
  return first === undefined ? { kind: 'none' } : { kind: 'same', value: first };
}

/** The attributes that all of these segments have. */
export const sharedAttributes = (attributes: readonly Attribute[], segments: readonly Segment[]): Attribute[] =>
  attributes.filter((attribute) => segments.every(({ classId }) => isOfClass(attribute, classId)));

export const sharedOf = (attribute: Attribute, segments: readonly Segment[]): Shared<AttributeValue> =>
  sharedValue(segments.map(({ attributes }) => attributes?.[attribute.id]));
