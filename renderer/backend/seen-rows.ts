import type { SeenClass, SeenSegment } from '#preload/domain/seen.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** What this window knows of rows, without waiting. */
export interface KnownRows {
  segments(ids: readonly number[]): ReadonlyMap<number, Segment>;
  class(id: number): (SeenClass & { readonly id: number }) | undefined;
  reviewState(videoId: number, classId: number): string | undefined;
}

type Input = Readonly<Record<string, unknown>>;

const segmentFields = ['startUs', 'endUs', 'classId', 'state', 'note'] as const;
const classFields = ['name', 'prompt', 'colour', 'digitKey'] as const;

const pick = <Row extends object>(row: Row | undefined, fields: readonly (keyof Row)[]): Partial<Row> =>
  row === undefined ? {} : (Object.fromEntries(fields.map((field) => [field, row[field]])) as Partial<Row>);

function ofSegments(input: Input, known: KnownRows, see: (row: Segment | undefined) => SeenSegment): SeenSegment[] {
  const ids = input['segmentIds'] as readonly number[];
  const rows = known.segments(ids);
  return ids.map((id) => see(rows.get(id)));
}

/** All that can be seen of a segment: what an edit of the whole of it goes by. */
export const seenWhole = (row: Segment | undefined): SeenSegment => pick(row, segmentFields);

/** What each edit must have seen: of the fields that it changes, or of the whole row. */
const seenBy: Readonly<Record<string, (input: Input, known: KnownRows) => unknown>> = {
  'segments.update': (input, known) => {
    const fields = segmentFields.filter((field) => input[field] !== undefined);
    return ofSegments(input, known, (row) => pick(row, fields));
  },
  'segments.remove': (input, known) => ofSegments(input, known, seenWhole),
  'segments.merge': (input, known) => ofSegments(input, known, seenWhole),
  'segments.split': (input, known) => {
    const id = input['segmentId'] as number;
    return seenWhole(known.segments([id]).get(id));
  },
  'classes.update': (input, known) =>
    pick(
      known.class(input['classId'] as number),
      classFields.filter((field) => input[field] !== undefined),
    ),
  'classes.remove': (input, known) => pick(known.class(input['classId'] as number), ['name']),
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
