import { fitsAttribute, isOfClass } from '#preload/domain/attribute.ts';
import type { Attribute, AttributeValue, AttributeValues, ChangedAttributes } from '#preload/domain/attribute.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** What a person may say of a segment beyond its span, class, state and note; `undefined` leaves it. */
export interface DetailsChange {
  /** Empty: nobody is named. */
  readonly subject?: string | undefined;
  readonly ambiguous?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly attributes?: ChangedAttributes | undefined;
}

/** A segment with other details: what it does not say is left out. */
export function withDetails(segment: Segment, change: DetailsChange): Segment {
  const { subject, ambiguous, locked, attributes, ...rest } = segment;
  const wanted = {
    subject: change.subject?.trim() ?? subject,
    ambiguous: change.ambiguous ?? ambiguous,
    locked: change.locked ?? locked,
    attributes: withValues(attributes ?? {}, change.attributes ?? {}),
  };
  return {
    ...rest,
    ...(wanted.subject && { subject: wanted.subject }),
    ...(wanted.ambiguous && { ambiguous: true }),
    ...(wanted.locked && { locked: true }),
    ...(Object.keys(wanted.attributes).length > 0 && { attributes: wanted.attributes }),
  };
}

const withValues = (before: AttributeValues, change: ChangedAttributes): AttributeValues =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).flatMap(([id, value]) => (value === null ? [] : [[id, value]])),
  );

/** Fails with `bad-input` for a value that an attribute cannot have, or that segments of this class do not have. */
export function refuseStrangeValues(
  values: ChangedAttributes,
  classIds: Iterable<number>,
  attributes: readonly Attribute[],
): void {
  for (const [id, value] of Object.entries(values)) {
    const attribute = attributes.find((one) => one.id === Number(id) && !one.removed);
    if (attribute === undefined)
      throw new Failure('not-found', say('There is no attribute {{id}} in this project.', { id }), { id });
    if (value === null) continue;
    if (!fitsAttribute(attribute, value)) throw strangeValue(attribute, value);
    for (const classId of classIds)
      if (!isOfClass(attribute, classId))
        throw new Failure(
          'bad-input',
          say("Not all of these segments are of a class that has a '{{name}}'.", { name: attribute.name }),
          {
            attributeId: attribute.id,
            classId,
          },
        );
  }
}

function strangeValue({ id, name, kind, options }: Attribute, value: AttributeValue): Failure {
  const takes = {
    choice: say('one of {{options}}', { options: options.map((option) => say("'{{name}}'", { name: option })) }),
    number: say('a number'),
    text: say('a text'),
  }[kind];
  return new Failure(
    'bad-input',
    say("'{{name}}' takes {{takes}}, not {{value}}.", { name, takes, value: JSON.stringify(value) }),
    { attributeId: id },
  );
}

/** How the history tells of changed details of `what`; null where none is asked for. */
export function detailsWords(what: Saying, change: DetailsChange, attributes: readonly Attribute[]): Saying | null {
  const { locked, ambiguous, subject } = change;
  if (locked !== undefined) return locked ? say('Lock {{what}}', { what }) : say('Unlock {{what}}', { what });
  if (ambiguous !== undefined)
    return ambiguous ? say('Mark {{what}} as ambiguous', { what }) : say('Mark {{what}} as certain', { what });
  if (subject !== undefined)
    return subject.trim() === ''
      ? say('No subject in {{what}}', { what })
      : say('Subject of {{what}}: {{subject}}', { what, subject: subject.trim() });
  const told = Object.entries(change.attributes ?? {}).map(([id, value]) => {
    const name = attributes.find((one) => one.id === Number(id))?.name ?? `attribute ${id}`;
    return value === null
      ? say('{{name}}: none', { name })
      : say('{{name}}: {{value}}', { name, value: String(value) });
  });
  return told.length === 0 ? null : say('Say of {{what}}: {{told}}', { what, told });
}
