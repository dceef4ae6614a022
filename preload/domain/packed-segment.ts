import type { Segment } from './segment.ts';

/**
 * A segment of a video whose list travels: its values in this order, without their names, since a hundred thousand of them
 * are written and read at once.
 */
export type PackedSegment = readonly [
  id: number,
  classId: number,
  startUs: number,
  endUs: number,
  state: Segment['state'],
  score: number | null,
  source: Segment['source'],
  touched: 0 | 1,
  ranking: Segment['ranking'],
  note: string,
  annotator: string | null,
  /** What few segments say; null where this one says nothing of it. */
  details:
    readonly [subject: string | null, ambiguous: 0 | 1, locked: 0 | 1, attributes: Segment['attributes'] | null] | null,
];

/** The segment that a packed one is, in its video. */
export const unpackSegment = (videoId: number, packed: PackedSegment): Segment => {
  const [id, classId, startUs, endUs, state, score, source, touched, ranking, note, annotator, details] = packed;
  const segment = { id, videoId, classId, startUs, endUs, state, score, source, touched: touched === 1, ranking, note };
  const signed = annotator === null ? segment : { ...segment, annotator };
  return details === null ? signed : { ...signed, ...unpackDetails(details) };
};

const unpackDetails = ([subject, ambiguous, locked, attributes]: NonNullable<PackedSegment[11]>): Partial<Segment> => ({
  ...(subject !== null && { subject }),
  ...(ambiguous === 1 && { ambiguous: true }),
  ...(locked === 1 && { locked: true }),
  ...(attributes != null && { attributes }),
});

/** The packed form of a segment. */
export const packSegment = (segment: Segment): PackedSegment => [
  segment.id,
  segment.classId,
  segment.startUs,
  segment.endUs,
  segment.state,
  segment.score,
  segment.source,
  segment.touched ? 1 : 0,
  segment.ranking,
  segment.note,
  segment.annotator ?? null,
  segment.subject === undefined && !segment.ambiguous && !segment.locked && segment.attributes === undefined
    ? null
    : [segment.subject ?? null, segment.ambiguous ? 1 : 0, segment.locked ? 1 : 0, segment.attributes ?? null],
];
