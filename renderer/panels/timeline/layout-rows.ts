import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { reachOf } from '../../shared/interval-lookup.ts';

/** What another annotator says of the video. */
export interface OtherLayer {
  readonly name: string;
  readonly segments: readonly Pick<Segment, 'classId' | 'startUs' | 'endUs'>[];
}

/** How rows are laid out. */
export interface RowsLook {
  /** Low lanes without words, for many classes at once. */
  readonly compact: boolean;
  /** What becomes of rows without a segment in this video. */
  readonly emptyRows: 'whole' | 'thin' | 'hidden';
  /** Classes whose rows are folded into one low lane. */
  readonly foldedClassIds: readonly number[];
  /** The class whose row is there in any case, as what is marked next comes there. */
  readonly keptClassId: number | null;
}

export const plainRows: RowsLook = { compact: false, emptyRows: 'whole', foldedClassIds: [], keptClassId: null };

/** How high a lane is, and the air above the first and below the last; CSS pixels. */
interface RowMeasures {
  readonly lanePx: number;
  readonly padPx: number;
}

/** One class's row: its segments in order of start, each in a lane so that those beside each other in time do not cover each other. */
export interface TimelineRow extends RowMeasures {
  readonly actionClass: ActionClass;
  readonly folded: boolean;
  /** Pixels below the first row's top. */
  readonly y: number;
  readonly heightPx: number;
  /** By start, then end, then id. */
  readonly segments: readonly Segment[];
  /** Lane of each segment, from 0 at the top; `[segments]`. */
  readonly lanes: Uint8Array;
  /** Lanes in use anywhere in the video. */
  readonly allLanes: number;
  /** Lanes that the row has room for: all, or those in use where the timeline looks. */
  readonly laneCount: number;
  /** Starts, `[segments]`, increasing. */
  readonly startsUs: Float64Array;
  /** See `reachOf`. */
  readonly reachUs: Float64Array;
  /** What others say of the class, a narrow lane for each below the segments; nothing of it can be grabbed. */
  readonly others: readonly { readonly name: string; readonly spans: readonly Span[] }[];
}

export interface RowsLayout {
  readonly rows: readonly TimelineRow[];
  /** Those of all rows by start, then end, then id, but for ones just made that have no id yet. */
  readonly inOrder: readonly Segment[];
  readonly heightPx: number;
}

const plainMeasures: RowMeasures = { lanePx: 20, padPx: 3 };
const compactMeasures: RowMeasures = { lanePx: 11, padPx: 2 };
const foldedMeasures: RowMeasures = { lanePx: 9, padPx: 2 };
const thinMeasures: RowMeasures = { lanePx: 4, padPx: 1 };

/** Height of the lane of another annotator. */
export const otherLanePx = 11;

/** More than this many at once share the last lane: a row must not grow without end. */
export const maxLanes = 6;

const byStart = (a: Segment, b: Segment): number => a.startUs - b.startUs || a.endUs - b.endUs || a.id - b.id;

/** First lane that is free at a segment's start, for segments in order of start; the last lane takes the overflow. */
function assignLanes(segments: readonly Segment[]): { lanes: Uint8Array; laneCount: number } {
  const lanes = new Uint8Array(segments.length);
  const laneEndsUs: number[] = [];
  segments.forEach((segment, index) => {
    const free = laneEndsUs.findIndex((endUs) => endUs <= segment.startUs);
    const lane = free >= 0 ? free : Math.min(laneEndsUs.length, maxLanes - 1);
    laneEndsUs[lane] = Math.max(laneEndsUs[lane] ?? 0, segment.endUs);
    lanes[index] = lane;
  });
  return { lanes, laneCount: Math.max(1, laneEndsUs.length) };
}

/** Height of a row with so many lanes. */
export const rowHeightPx = (
  { lanePx, padPx, others }: Pick<TimelineRow, 'lanePx' | 'padPx' | 'others'>,
  lanes: number,
) => lanes * lanePx + others.length * otherLanePx + 2 * padPx;

/**
 * Rows from top to bottom in the classes' order, one per class, segments or not, as far as `look` shows them. What was
 * laid out `before` is taken from there where a row's segments are the very same: an edit concerns one or two of them.
 */
export function layoutRows(
  classes: readonly ActionClass[],
  segments: readonly Segment[],
  layers: readonly OtherLayer[] = [],
  look: RowsLook = plainRows,
  before?: RowsLayout,
): RowsLayout {
  const rowBefore = new Map(before?.rows.map((row) => [row.actionClass.id, row]));
  const perClass = new Map<number, Segment[]>(classes.map((actionClass) => [actionClass.id, []]));
  const inOrder = ordered(segments);
  for (const segment of inOrder) perClass.get(segment.classId)?.push(segment);
  let y = 0;
  const rows = classes.flatMap((actionClass): TimelineRow | [] => {
    const own = perClass.get(actionClass.id)!;
    const folded = look.foldedClassIds.includes(actionClass.id);
    const others = folded
      ? []
      : layers.map((layer) => ({
          name: layer.name,
          spans: layer.segments.filter(({ classId }) => classId === actionClass.id),
        }));
    const isEmpty = own.length === 0 && others.every(({ spans }) => spans.length === 0);
    const yields = isEmpty && actionClass.id !== look.keptClassId && look.emptyRows;
    if (yields === 'hidden') return [];
    const measures =
      yields === 'thin' ? thinMeasures : folded ? foldedMeasures : look.compact ? compactMeasures : plainMeasures;
    const known = rowBefore.get(actionClass.id);
    const inLanes = known?.folded === folded && sameMembers(known.segments, own) ? known : inLanesOf(own, folded);
    const row = {
      actionClass,
      folded,
      segments: inLanes.segments,
      lanes: inLanes.lanes,
      allLanes: inLanes.allLanes,
      laneCount: inLanes.allLanes,
      startsUs: inLanes.startsUs,
      reachUs: inLanes.reachUs,
      others: yields === 'thin' ? [] : others,
      ...measures,
    };
    const heightPx = rowHeightPx(row, row.laneCount);
    const placed = { ...row, y, heightPx };
    y += heightPx;
    return placed;
  });
  return { rows, inOrder: inOrder.filter(({ id, classId }) => id > 0 && perClass.has(classId)), heightPx: y };
}

/** They come in order but for what is under way: looking is quicker than sorting. */
function ordered(segments: readonly Segment[]): readonly Segment[] {
  for (let index = 1; index < segments.length; index += 1)
    if (byStart(segments[index - 1]!, segments[index]!) > 0) return segments.toSorted(byStart);
  return segments;
}

type InLanes = Pick<TimelineRow, 'segments' | 'lanes' | 'allLanes' | 'startsUs' | 'reachUs'>;

/** The segments of a row, in order, with the lane of each. */
export function inLanesOf(segments: readonly Segment[], folded: boolean): InLanes {
  const { lanes, laneCount: allLanes } = folded
    ? { lanes: new Uint8Array(segments.length), laneCount: 1 }
    : assignLanes(segments);
  const startsUs = Float64Array.from(segments, (segment) => segment.startUs);
  return { segments, lanes, allLanes, startsUs, reachUs: reachOf(segments) };
}

function sameMembers(a: readonly Segment[], b: readonly Segment[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** The lane that a segment is drawn in: where the row has no room for its own, the last one. */
export const shownLane = (row: TimelineRow, index: number): number => Math.min(row.lanes[index]!, row.laneCount - 1);

/** Top of a lane, pixels below the first row's top. */
export const laneY = (row: TimelineRow, lane: number): number => row.y + row.padPx + lane * row.lanePx;

/** Top of another annotator's lane, pixels below the first row's top. */
export const otherLaneY = (row: TimelineRow, index: number): number => laneY(row, row.laneCount) + index * otherLanePx;

/** The row at `y` pixels below the first row's top; undefined above the first and below the last. */
export function rowAt(layout: RowsLayout, y: number): TimelineRow | undefined {
  let low = 0;
  let high = layout.rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = layout.rows[middle]!;
    if (y < row.y) high = middle - 1;
    else if (y >= row.y + row.heightPx) low = middle + 1;
    else return row;
  }
  return undefined;
}
