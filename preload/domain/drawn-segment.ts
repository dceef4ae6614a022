import type { Segment } from './segment.ts';

/** A segment as it is when a person has just drawn it: accepted, and theirs. */
export const drawnSegment = (place: Pick<Segment, 'id' | 'videoId' | 'classId' | 'startUs' | 'endUs'>): Segment => ({
  ...place,
  state: 'accepted',
  score: null,
  source: { kind: 'human' },
  touched: true,
  ranking: [],
  note: '',
});
