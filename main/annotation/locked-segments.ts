import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { sameRow } from './edit-value.ts';

/**
 * A locked segment stays as it is, whatever an edit is about, until it is unlocked by itself. Fails with `locked`, which
 * names those that are in the way.
 */
export function refuseToChangeLocked({ segments }: Edit): void {
  const inTheWay = segments.flatMap(({ before, after }) =>
    before?.locked && !(after !== null && sameRow(unlocked(before), unlocked(after))) ? before.id : [],
  );
  refuseLocked(inTheWay, segments.length);
}

/** Fails with `locked` where `ids`, of `count` segments, are locked; none is no failure. */
export function refuseLocked(ids: readonly number[], count: number): void {
  if (ids.length === 0) return;
  throw new Failure(
    'locked',
    count === 1
      ? say('The segment is locked, and nothing was changed: unlock first what is to change.')
      : say('{{count}} of the {{all}} segments are locked, and nothing was changed: unlock first what is to change.', {
          count: ids.length,
          all: count,
          one: '{{count}} of the {{all}} segments is locked, and nothing was changed: unlock first what is to change.',
        }),
    { segmentIds: ids },
  );
}

/** All that a lock holds; who locked it and that they did is not of it. */
const unlocked = ({ locked: _, touched: __, annotator: ___, ...rest }: Segment): unknown =>
  Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
