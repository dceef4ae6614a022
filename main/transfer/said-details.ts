import type { ActionClass } from '#preload/domain/action-class.ts';
import { isOfClass } from '#preload/domain/attribute.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type {
  ImportedAnnotations,
  ImportedAttribute,
  ImportedLabel,
  SaidExample,
  SaidValues,
} from './annotation-set.ts';

/** What a segment says by attributes that are there and that its class has, by their names; undefined for nothing. */
export function valuesOf(segment: Segment, attributes: readonly Attribute[]): SaidValues | undefined {
  const said = attributes.flatMap((attribute) => {
    const value = segment.attributes?.[attribute.id];
    return value === undefined || !isOfClass(attribute, segment.classId) ? [] : [[attribute.name, value] as const];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** Subject, doubt, lock and values of a segment as a file that has a place for all of them says them. */
export function detailsOf(
  segment: Segment,
  attributes: readonly Attribute[],
): Pick<ImportedLabel, 'subject' | 'ambiguous' | 'locked' | 'values'> {
  const values = valuesOf(segment, attributes);
  return {
    ...(segment.subject !== undefined && { subject: segment.subject }),
    ...(segment.ambiguous && { ambiguous: true }),
    ...(segment.locked && { locked: true }),
    ...(values !== undefined && { values }),
  };
}

type ImportedClass = ImportedAnnotations['classes'][number];

/** What a class means beside its name, first prompt and parent. */
export const ownMeaningOf = ({
  definition,
  kind,
  exclusive,
  morePrompts,
}: Pick<ImportedClass, 'definition' | 'kind' | 'exclusive' | 'morePrompts'>) => ({
  ...(definition !== undefined && { definition }),
  ...(kind !== undefined && { kind }),
  ...(exclusive !== undefined && { exclusive }),
  ...(morePrompts !== undefined && { morePrompts }),
});

/** The same with its parent by name. */
export function meaningOf(
  value: ActionClass,
  classes: readonly ActionClass[],
): Omit<ImportedClass, 'name' | 'prompt' | 'colour' | 'digitKey'> {
  const parent = classes.find(({ id }) => id === value.parentId)?.name;
  return { ...(parent !== undefined && { parent }), ...ownMeaningOf(value) };
}

/** The classes that segments are examples of, by what names these; of each class, in the order of the list, its examples. */
export function examplesBySegment<Id>(ofClasses: readonly (readonly Id[])[]): ReadonlyMap<Id, readonly SaidExample[]> {
  const bySegment = new Map<Id, SaidExample[]>();
  for (const [index, examples] of ofClasses.entries())
    for (const [place, id] of examples.entries())
      bySegment.set(id, [...(bySegment.get(id) ?? []), { class: index, place }]);
  return bySegment;
}

/** An attribute with its classes by name. */
export const definitionOf = (
  { name, kind, options, required, classIds }: Attribute,
  classes: readonly ActionClass[],
): ImportedAttribute => ({
  name,
  kind,
  options,
  required,
  classes: classIds === null ? null : classes.flatMap((one) => (classIds.includes(one.id) ? one.name : [])),
});
