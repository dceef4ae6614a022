import { create } from 'zustand';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { placeFrom, rowsOf, type SegmentChanges } from '../backend/segment-order.ts';

/** An edit that was sent and has not come back in the list of segments yet: shown as if it had. */
export interface SentSpan {
  /** Negative for a segment that has no id yet. */
  readonly segmentId: number;
  readonly videoId: number;
  readonly classId: number;
  /** The class is new to the segment, as the span is. */
  readonly relabels?: boolean;
  readonly span: Span;
}

/**
 * Spans under way. The cache of segments is never written; these lie over it: what is held by a key or the pointer, by
 * segment, and what was sent until its change arrives.
 */
export const useSpansUnderWay = create<{
  readonly held: ReadonlyMap<number, Span>;
  readonly sent: readonly SentSpan[];
}>(() => ({ held: new Map(), sent: [] }));

/** What a hand holds now, in the place of what it held before. */
export const holdSpans = (spans: readonly (readonly [segmentId: number, span: Span])[]): void =>
  useSpansUnderWay.setState({ held: new Map(spans) });

export const sameSpan = (a: Span, b: Span): boolean => a.startUs === b.startUs && a.endUs === b.endUs;

/** Whether the list already says what was sent. */
const confirmed = (entry: SentSpan, byId: ReadonlyMap<number, Segment>, all: readonly Segment[]): boolean => {
  if (entry.segmentId < 0) return isListed(entry, all);
  const listed = byId.get(entry.segmentId);
  return (
    listed === undefined ||
    (sameSpan(listed, entry.span) && (entry.relabels !== true || listed.classId === entry.classId))
  );
};

/** Whether a list in order has a segment of this class and span, under whatever id. */
function isListed({ classId, span }: SentSpan, all: readonly Segment[]): boolean {
  for (let place = placeFrom(all, span.startUs); all[place]?.startUs === span.startUs; place += 1)
    if (all[place]!.classId === classId && sameSpan(all[place]!, span)) return true;
  return false;
}

/** The listed segments that entries are about, by id. */
const listedOf = (listed: readonly Segment[], entries: readonly SentSpan[]): ReadonlyMap<number, Segment> =>
  rowsOf(
    listed,
    entries.map(({ segmentId }) => segmentId),
  );

/** Forgets what the list confirms: from then on the list alone counts, whatever happens to the segment next. */
export function forgetConfirmed(listed: readonly Segment[], videoId: number): void {
  const { sent } = useSpansUnderWay.getState();
  if (sent.length === 0) return;
  const byId = listedOf(listed, sent);
  const open = sent.filter((entry) => entry.videoId !== videoId || !confirmed(entry, byId, listed));
  if (open.length < sent.length) useSpansUnderWay.setState({ sent: open });
}

/** What is under way does to the listed segments of a video. Pure. */
export function changesUnderWay(
  listed: readonly Segment[],
  videoId: number,
  sent: readonly SentSpan[],
): SegmentChanges {
  const own = sent.filter((entry) => entry.videoId === videoId);
  const byId = listedOf(listed, own);
  // Of what was sent twice, what was sent last.
  const open = new Map(own.flatMap((entry) => (confirmed(entry, byId, listed) ? [] : [[entry.segmentId, entry]])));
  return {
    gone: [...open.keys()].flatMap((id) => byId.get(id) ?? []),
    come: [...open.values()].map((entry) =>
      entry.segmentId < 0 ? provisional(entry) : withSent(byId.get(entry.segmentId)!, entry),
    ),
  };
}

const withSent = (segment: Segment, { span, relabels, classId }: SentSpan): Segment => ({
  ...segment,
  ...span,
  ...(relabels === true && { classId }),
});

const provisional = ({ segmentId, videoId, classId, span }: SentSpan): Segment =>
  drawnSegment({ id: segmentId, videoId, classId, ...span });

/** One segment as a person sees it now, while a key or the pointer holds it and until what was sent has come back. */
export function useUnderWay(segment: Segment | undefined): Segment | undefined {
  const held = useSpansUnderWay((state) => (segment ? state.held.get(segment.id) : undefined));
  const sent = useSpansUnderWay((state) => state.sent.find((entry) => entry.segmentId === segment?.id));
  if (!segment) return undefined;
  // By these alone: from the hand to the backend and back it stays the very same, and whoever shows it is not drawn anew.
  const { startUs, endUs } = held ?? sent?.span ?? segment;
  const classId = sent?.relabels === true ? sent.classId : segment.classId;
  return { ...segment, startUs, endUs, classId };
}
