import { create } from 'zustand';
import type { Segment } from '#preload/domain/segment.ts';
import { nothingChosenYet, type ChosenMany } from './choose-many.ts';

/**
 * The review queue as a person works through it. What is on screen keeps its place: decided segments drop out, ones at
 * the end are added, ones that would push in between wait in `fresh` until they are asked for.
 */
export interface Worklist {
  /** Every segment ever in this list, in order, so that an undone decision comes back to its place. */
  readonly order: readonly number[];
  /** What the backend last said of those still open. */
  readonly open: ReadonlyMap<number, Segment>;
  /** Decided here, not yet confirmed by the backend: out of sight already. */
  readonly deciding: ReadonlySet<number>;
  /** New ones that wait. */
  readonly fresh: readonly number[];
  /** Open proposals in all, those beyond the list's limit included. */
  readonly total: number;
  /** How many new ones the last answer brought. */
  readonly arrived: number;
}

export const emptyWorklist: Worklist = {
  order: [],
  open: new Map(),
  deciding: new Set(),
  fresh: [],
  total: 0,
  arrived: 0,
};

/** The list after the backend's `answer`. Pure; nothing that stays changes its place. */
export function reconcile(
  list: Worklist,
  answer: { readonly total: number; readonly segments: readonly Segment[] },
): Worklist {
  const open = new Map(answer.segments.map((segment) => [segment.id, segment]));
  const known = new Set(list.order);
  const deciding = new Set([...list.deciding].filter((id) => open.has(id)));
  const visible = list.order.some((id) => open.has(id) && !deciding.has(id));
  const unknown = answer.segments.filter((segment) => !known.has(segment.id)).map((segment) => segment.id);
  const arrived = list.order.length > 0 && answer.total > list.total ? unknown.length : 0;
  if (!visible) return { order: [...list.order, ...unknown], open, deciding, fresh: [], total: answer.total, arrived };
  const lastKnown = answer.segments.findLastIndex((segment) => known.has(segment.id));
  const atEnd = new Set(answer.segments.slice(lastKnown + 1).map((segment) => segment.id));
  return {
    order: [...list.order, ...atEnd],
    open,
    deciding,
    fresh: unknown.filter((id) => !atEnd.has(id)),
    total: answer.total,
    arrived,
  };
}

/** The list in the backend's own order, with everything that waited. Pure. */
export const takeFresh = (list: Worklist): Worklist => ({
  ...list,
  order: [...list.open.keys()],
  fresh: [],
  arrived: 0,
});

/** The segments on screen, in order. */
export const shownSegments = (list: Worklist): Segment[] =>
  list.order.flatMap((id) => (list.deciding.has(id) ? [] : (list.open.get(id) ?? [])));

/**
 * The open segment `step` places from `fromId`, which may itself be decided already. Without `fromId` the first; at the
 * end going on, the first again; undefined where none is left. Pure.
 */
export function neighbourInQueue(list: Worklist, fromId: number | null, step: 1 | -1): Segment | undefined {
  const shown = shownSegments(list).filter((segment) => segment.id !== fromId);
  const place = new Map(list.order.map((id, index) => [id, index]));
  const here = fromId === null ? undefined : place.get(fromId);
  if (here === undefined) return shown[0];
  const placeOf = (segment: Segment): number => place.get(segment.id)!;
  return step > 0
    ? (shown.find((each) => placeOf(each) > here) ?? shown[0])
    : shown.findLast((each) => placeOf(each) < here);
}

/** What was decided of a segment, in a word for its card. */
export type Verdict = 'accepted' | 'rejected' | 'relabelled';

interface Leaving {
  readonly segment: Segment;
  readonly verdict: Verdict;
}

/** The cards of the grid: the segments on screen, and for a moment those that were just decided. Pure. */
export const segmentsInGrid = (list: Worklist, leaving: ReadonlyMap<number, Leaving>): Segment[] =>
  list.order.flatMap((id) => leaving.get(id)?.segment ?? (list.deciding.has(id) ? [] : (list.open.get(id) ?? [])));

interface ReviewQueue extends ChosenMany {
  readonly list: Worklist;
  /** The one in focus: deciding on it moves on to the next. */
  readonly focusId: number | null;
  /** Decided, and in the grid for a moment longer. */
  readonly leaving: ReadonlyMap<number, Leaving>;
  /** The first of the list is to be brought up as soon as there is one. */
  readonly begins: boolean;
}

export const useReviewQueue = create<ReviewQueue>(() => ({
  list: emptyWorklist,
  focusId: null,
  leaving: new Map(),
  begins: false,
  ...nothingChosenYet,
}));

/** Other filters, or another project: another list. */
export const resetReviewQueue = (): void =>
  useReviewQueue.setState({ list: emptyWorklist, focusId: null, leaving: new Map(), ...nothingChosenYet });

export const changeWorklist = (change: (list: Worklist) => Worklist): void =>
  useReviewQueue.setState((state) => ({ list: change(state.list) }));

/** Takes segments out of sight until the backend has answered, or puts them back. */
export function markDeciding(segmentIds: readonly number[], deciding: boolean): void {
  changeWorklist((list) => {
    const next = new Set(list.deciding);
    for (const id of segmentIds) {
      if (deciding) next.add(id);
      else next.delete(id);
    }
    return { ...list, deciding: next };
  });
}

/** How long a card shows what was decided before the next come. */
const leavingMs = 500;

/** Lets cards show what was decided of them for a moment. */
export function letLeave(segmentIds: readonly number[], verdict: Verdict): void {
  const { list, leaving } = useReviewQueue.getState();
  const gone = segmentIds.flatMap((id) => list.open.get(id) ?? []);
  const now = new Map([...leaving, ...gone.map((segment) => [segment.id, { segment, verdict }] as const)]);
  useReviewQueue.setState({ leaving: now });
  setTimeout(() => stay(segmentIds), leavingMs);
}

function stay(segmentIds: readonly number[]): void {
  const left = new Map(useReviewQueue.getState().leaving);
  for (const id of segmentIds) left.delete(id);
  useReviewQueue.setState({ leaving: left });
}

/** What was decided goes at once. */
export function forgetLeaving(): void {
  if (useReviewQueue.getState().leaving.size > 0) useReviewQueue.setState({ leaving: new Map() });
}
