import type { ActionClass } from '#preload/domain/action-class.ts';
import type { SeenAttribute, SeenClass, SeenSegment } from '#preload/domain/seen.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** What this window knows of rows, without waiting. */
export interface KnownRows {
  segments(ids: readonly number[]): ReadonlyMap<number, Segment>;
  class(id: number): ActionClass | undefined;
  attribute(id: number): (SeenAttribute & { readonly id: number }) | undefined;
  reviewState(videoId: number, classId: number): string | undefined;
}

type Input = Readonly<Record<string, unknown>>;

/** A segment with what it leaves out said. */
function allOf({ startUs, endUs, classId, state, note, subject = '', ...more }: Segment): SeenSegment {
  const { ambiguous = false, locked = false, attributes = {} } = more;
  return { startUs, endUs, classId, state, note, subject, ambiguous, locked, attributes };
}

/** All that can be seen of a class, for an edit that was begun with all of it before the eyes. */
export const seenWholeClass = ({ name, prompt, colour, digitKey, ...more }: ActionClass): SeenClass => ({
  name,
  prompt,
  colour,
  digitKey,
  parentId: more.parentId ?? null,
  definition: more.definition ?? '',
  kind: more.kind ?? 'span',
  exclusive: more.exclusive ?? false,
  morePrompts: more.morePrompts ?? [],
  examples: more.examples ?? [],
});

/** Of what was seen, the fields that an edit changes. */
const changed = <Seen extends object>(seen: Seen, input: Input): Partial<Seen> =>
  Object.fromEntries(Object.entries(seen).filter(([field]) => input[field] !== undefined)) as Partial<Seen>;

/** Of what was seen of a segment, the fields that an edit changes, each attribute by itself. */
function changedOfSegment(row: Segment | undefined, input: Input): SeenSegment {
  if (row === undefined) return {};
  const { attributes: _, ...seen } = changed(allOf(row), input);
  const asked = input['attributes'] as SeenSegment['attributes'];
  if (asked === undefined) return seen;
  const values = Object.keys(asked).map((id) => [id, row.attributes?.[id] ?? null]);
  return { ...seen, attributes: Object.fromEntries(values) as SeenSegment['attributes'] };
}

function ofSegments(input: Input, known: KnownRows, see: (row: Segment | undefined) => SeenSegment): SeenSegment[] {
  const ids = input['segmentIds'] as readonly number[];
  const rows = known.segments(ids);
  return ids.map((id) => see(rows.get(id)));
}

/** All that can be seen of a segment: what an edit of the whole of it goes by. */
export const seenWhole = (row: Segment | undefined): SeenSegment => (row === undefined ? {} : allOf(row));

/** All that can be seen of an attribute. */
export const seenWholeAttribute = ({ name, kind, options, required, classIds }: SeenAttribute): SeenAttribute => ({
  name,
  kind,
  options,
  required,
  classIds,
});

/** What each edit must have seen: of the fields that it changes, or of the whole row. */
const seenBy: Readonly<Record<string, (input: Input, known: KnownRows) => unknown>> = {
  'segments.update': (input, known) => ofSegments(input, known, (row) => changedOfSegment(row, input)),
  'segments.remove': (input, known) => ofSegments(input, known, seenWhole),
  'segments.merge': (input, known) => ofSegments(input, known, seenWhole),
  'segments.split': (input, known) => {
    const id = input['segmentId'] as number;
    return seenWhole(known.segments([id]).get(id));
  },
  'classes.update': (input, known) => {
    const row = known.class(input['classId'] as number);
    return row && changed(seenWholeClass(row), input);
  },
  'classes.remove': (input, known) => {
    const row = known.class(input['classId'] as number);
    return row && { name: row.name };
  },
  'attributes.update': (input, known) => {
    const row = known.attribute(input['attributeId'] as number);
    return row && changed(seenWholeAttribute(row), input);
  },
  'attributes.remove': (input, known) => {
    const row = known.attribute(input['attributeId'] as number);
    return row && { name: row.name };
  },
  'reviews.set': (input, known) => {
    const states = (input['classIds'] as readonly number[]).map((id) =>
      known.reviewState(input['videoId'] as number, id),
    );
    return states.includes(undefined) ? undefined : states;
  },
};

/**
 * The input of a call with what this window shows of the rows that it changes, in the moment of the call: however long it
 * then waits for the backend, that is what the person decided on. Whoever began earlier, as a drag does, has said it.
 */
export function withSeen(path: readonly string[], input: unknown, known: KnownRows): unknown {
  const look = seenBy[path.join('.')];
  if (look === undefined || typeof input !== 'object' || input === null || 'seen' in input) return input;
  const seen = look(input as Input, known);
  return seen === undefined ? input : { ...input, seen };
}
