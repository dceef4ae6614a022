import type { Segment } from '#preload/domain/segment.ts';

// Lists of segments may be a hundred thousand long, and an edit changes one or two: here is how to find and to change
// those few without a look at every one.

/** By start, then end, then id: the order in which the backend lists. */
export const inOrder = (a: Segment, b: Segment): number => a.startUs - b.startUs || a.endUs - b.endUs || a.id - b.id;

/** What an edit does to a list: rows as they stand in it that go, and rows that come. */
export interface SegmentChanges {
  readonly gone: readonly Segment[];
  readonly come: readonly Segment[];
}

/** Ids of a list, in its order: a hundred thousand numbers are looked through in microseconds, the rows are not. */
const known = new WeakMap<readonly Segment[], Int32Array>();

/** Of lists that an edit replaced: by which one, and how they differ. Held by the old list, which nobody keeps. */
const successors = new WeakMap<
  readonly Segment[],
  { readonly list: readonly Segment[]; readonly changes: SegmentChanges }
>();

function idsOf(list: readonly Segment[]): Int32Array {
  const before = known.get(list);
  if (before) return before;
  const ids = new Int32Array(list.length);
  for (let index = 0; index < list.length; index += 1) ids[index] = list[index]!.id;
  known.set(list, ids);
  return ids;
}

/** Where a segment stands in `list`; -1 where it does not. */
export const placeOf = (list: readonly Segment[], id: number): number => idsOf(list).indexOf(id);

/** From so many on, one pass over all is quicker than a look for each. */
const many = 8;

/** Those of `list` that have these ids, by id. */
export function rowsOf(list: readonly Segment[], ids: readonly number[]): Map<number, Segment> {
  const found = new Map<number, Segment>();
  if (ids.length < many) {
    for (const id of ids) {
      const place = placeOf(list, id);
      if (place >= 0) found.set(id, list[place]!);
    }
    return found;
  }
  const sought = new Set(ids);
  const all = idsOf(list);
  for (let place = 0; place < all.length; place += 1) if (sought.has(all[place]!)) found.set(all[place]!, list[place]!);
  return found;
}

/** The first place in a list in order at which a row is not before `row`; its length where all are. */
function placeFor(list: readonly Segment[], row: Segment): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder(list[middle]!, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place in a list in order whose segment begins at `timeUs` or later; its length where all begin before. */
export function placeFrom(list: readonly Segment[], timeUs: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.startUs < timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `list`, in order, after `changes`; all other rows stay the very same. Pure. */
export function withChanges(list: readonly Segment[], changes: SegmentChanges): readonly Segment[] {
  const { gone, come } = changes;
  if (gone.length + come.length === 0) return list;
  return gone.length + come.length < many ? spliced(list, changes) : merged(list, changes);
}

/** The same for a list that is known, which `changesBetween` then follows. */
export function edited(list: readonly Segment[], changes: SegmentChanges): readonly Segment[] {
  const next = withChanges(list, changes);
  if (next !== list) successors.set(list, { list: next, changes });
  return next;
}

function spliced(list: readonly Segment[], { gone, come }: SegmentChanges): readonly Segment[] {
  const next = list.slice();
  let length = list.length;
  const ids = new Int32Array(length + come.length);
  ids.set(idsOf(list));
  for (const row of gone) {
    const place = placeFor(next, row);
    next.splice(place, 1);
    ids.copyWithin(place, place + 1, length);
    length -= 1;
  }
  for (const row of come) {
    const place = placeFor(next, row);
    next.splice(place, 0, row);
    ids.copyWithin(place + 1, place, length);
    ids[place] = row.id;
    length += 1;
  }
  known.set(next, ids.subarray(0, length));
  return next;
}

function merged(list: readonly Segment[], { gone, come }: SegmentChanges): readonly Segment[] {
  const left = new Set(gone);
  const coming = come.toSorted(inOrder);
  const next: Segment[] = [];
  let at = 0;
  for (const row of list) {
    if (left.has(row)) continue;
    while (at < coming.length && inOrder(coming[at]!, row) < 0) next.push(coming[at++]!);
    next.push(row);
  }
  return next.concat(coming.slice(at));
}

/** How `later` came of `earlier`, edit by edit; null where it did not, or by more of them than are worth following. */
export function changesBetween(
  earlier: readonly Segment[],
  later: readonly Segment[],
): readonly SegmentChanges[] | null {
  const steps: SegmentChanges[] = [];
  for (let list = earlier; list !== later;) {
    const next = successors.get(list);
    if (next === undefined || steps.length >= many) return null;
    steps.push(next.changes);
    list = next.list;
  }
  return steps;
}
