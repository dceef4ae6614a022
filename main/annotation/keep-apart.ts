import { CoveredTime } from '#preload/domain/covered-time.ts';
import type { RowChange } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';

/** Which group of classes that cannot overlap a class belongs to; null: none. */
export type GroupOf = (classId: number) => number | null;

/** What a segment covers of its group: only what is accepted says that something is so. */
const coversOf = (row: Segment | null, groupOf: GroupOf): string | null => {
  const group = row?.state === 'accepted' ? groupOf(row.classId) : null;
  return group === null ? null : `${row!.videoId} ${group}`;
};

const isPlacedAnew = ({ before, after }: RowChange<Segment>): boolean =>
  before === null ||
  after === null ||
  before.startUs !== after.startUs ||
  before.endUs !== after.endUs ||
  before.classId !== after.classId ||
  before.state !== after.state;

/** The changes that place a segment anew, in a group or out of it; nothing else makes others yield. */
export const changesInGroups = (changes: readonly RowChange<Segment>[], groupOf: GroupOf): RowChange<Segment>[] =>
  changes.filter(
    (change) => isPlacedAnew(change) && (coversOf(change.before, groupOf) ?? coversOf(change.after, groupOf)) !== null,
  );

/** A segment while it yields: what is left of it. */
interface Piece {
  readonly row: Segment;
  spans: Span[];
}

/**
 * The changes of an edit with what follows from them in groups of classes that cannot overlap. What the edit places wins,
 * of several the later: others are cut to what is left of them, in two where it comes between, or go. What it no longer
 * covers is taken up by the segment that ends there, else by the one that begins there, so that no gap opens inside what
 * was without one; a locked one takes up nothing. `others` are rows as they are that touch the edit's spans in these groups,
 * and identifiers from `firstNewId` are free. Pure.
 */
export function keepApart(
  changes: readonly RowChange<Segment>[],
  others: readonly Segment[],
  { groupOf, firstNewId }: { readonly groupOf: GroupOf; readonly firstNewId: number },
): RowChange<Segment>[] {
  const anew = new Set(changesInGroups(changes, groupOf));
  const settled = new Map<number, Piece>();
  for (const group of new Set(
    [...anew].flatMap(({ before, after }) => [coversOf(before, groupOf), coversOf(after, groupOf)]),
  ))
    if (group !== null) settle(group);

  function settle(group: string): void {
    const isOf = (row: Segment | null): row is Segment => coversOf(row, groupOf) === group;
    const own = new Set(changes.map(({ before, after }) => (after ?? before)!.id));
    const resting = changes.flatMap((change) => (!anew.has(change) && isOf(change.after) ? change.after : []));
    // Who comes later has its place first.
    const taken = new CoveredTime();
    const leave = (row: Segment): Piece => ({ row, spans: taken.gapsIn(row) });
    const placed = [...anew]
      .flatMap(({ after }) => (isOf(after) ? after : []))
      .reverse()
      .map((row) => {
        const piece = leave(row);
        taken.add(row);
        return piece;
      })
      .reverse();
    const yielding = [...others.filter((row) => isOf(row) && !own.has(row.id)), ...resting].map(leave);
    for (const { spans } of yielding) for (const span of spans) taken.add(span);
    const left = new CoveredTime([...anew].flatMap(({ before }) => (isOf(before) ? before : [])));
    takeUp(
      left.spans.flatMap((span) => taken.gapsIn(span)),
      yielding,
    );
    for (const piece of [...yielding, ...placed]) settled.set(piece.row.id, piece);
  }

  let nextId = firstNewId;
  const changed = new Set<number>();
  const rowsOf = ({ row, spans }: Piece): Segment[] =>
    spans.map(({ startUs, endUs }, index) =>
      spans.length === 1 && row.startUs === startUs && row.endUs === endUs
        ? row
        : { ...row, id: index === 0 ? row.id : nextId++, startUs, endUs, touched: true },
    );
  const all = changes.flatMap((change): RowChange<Segment>[] => {
    const piece = change.after && settled.get(change.after.id);
    if (!piece || piece.row !== change.after) return [change];
    changed.add(piece.row.id);
    const [first = null, ...rest] = rowsOf(piece);
    const made = rest.map((after) => ({ before: null, after }));
    return change.before === null && first === null ? made : [{ before: change.before, after: first }, ...made];
  });
  for (const piece of settled.values()) {
    if (changed.has(piece.row.id)) continue;
    const [first = null, ...rest] = rowsOf(piece);
    if (first !== piece.row) all.push({ before: piece.row, after: first });
    for (const after of rest) all.push({ before: null, after });
  }
  return all;
}

/** Lets a segment that ends where a gap begins grow over it, else one that begins where it ends. */
function takeUp(gaps: readonly Span[], pieces: readonly Piece[]): void {
  const free = pieces.filter(({ row }) => !row.locked);
  const endingAt = firstAt(free, 'endUs');
  const startingAt = firstAt(free, 'startUs');
  for (const { startUs, endUs } of gaps) {
    const before = endingAt.get(startUs);
    const after = startingAt.get(endUs);
    if (before) before.spans = before.spans.map((span) => (span.endUs === startUs ? { ...span, endUs } : span));
    else if (after) after.spans = after.spans.map((span) => (span.startUs === endUs ? { ...span, startUs } : span));
  }
}

/** The first of several that has an edge at a time. */
const firstAt = (pieces: readonly Piece[], edge: keyof Span): ReadonlyMap<number, Piece> =>
  new Map(pieces.flatMap((piece) => piece.spans.map((span) => [span[edge], piece] as const)).reverse());
