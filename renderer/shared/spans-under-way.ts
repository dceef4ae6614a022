import { create } from 'zustand';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';

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
  if (entry.segmentId < 0)
    return all.some((segment) => segment.classId === entry.classId && sameSpan(segment, entry.span));
  const listed = byId.get(entry.segmentId);
  return (
    listed === undefined ||
    (sameSpan(listed, entry.span) && (entry.relabels !== true || listed.classId === entry.classId))
  );
};

/** The listed segments that entries are about, by id: of long lists a few are meant. */
function listedOf(listed: readonly Segment[], entries: readonly SentSpan[]): ReadonlyMap<number, Segment> {
  const ids = new Set(entries.map(({ segmentId }) => segmentId));
  const found = new Map<number, Segment>();
  for (const segment of listed) if (ids.has(segment.id)) found.set(segment.id, segment);
  return found;
}

/** Forgets what the list confirms: from then on the list alone counts, whatever happens to the segment next. */
export function forgetConfirmed(listed: readonly Segment[], videoId: number): void {
  const { sent } = useSpansUnderWay.getState();
  if (sent.length === 0) return;
  const byId = listedOf(listed, sent);
  const open = sent.filter((entry) => entry.videoId !== videoId || !confirmed(entry, byId, listed));
  if (open.length < sent.length) useSpansUnderWay.setState({ sent: open });
}

/** The listed segments of a video with what is under way laid over them. Pure; the list itself where nothing is. */
export function withSentSpans(
  listed: readonly Segment[],
  videoId: number,
  sent: readonly SentSpan[],
): readonly Segment[] {
  const own = sent.filter((entry) => entry.videoId === videoId);
  if (own.length === 0) return listed;
  const byId = listedOf(listed, own);
  const open = own.filter((entry) => !confirmed(entry, byId, listed));
  if (open.length === 0) return listed;
  const changed = new Map(open.map((entry) => [entry.segmentId, entry]));
  return [
    ...listed.map((segment) => {
      const entry = changed.get(segment.id);
      return entry ? withSent(segment, entry) : segment;
    }),
    ...open.filter((entry) => entry.segmentId < 0).map(provisional),
  ];
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
  const now = sent ? withSent(segment, sent) : segment;
  return held ? { ...now, ...held } : now;
}
