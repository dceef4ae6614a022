import { create } from 'zustand';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { notifyFailure } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import { askUntilHeard } from '../../backend/keep-trying.ts';
import { knownSegmentIds } from '../../backend/project-queries.ts';
import { awaitId, provisionalId } from '../../backend/provisional-ids.ts';

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

/** Spans under way. The cache of segments is never written; this lies over it until the change arrives. */
export const useSentSpans = create<{ readonly sent: readonly SentSpan[] }>(() => ({ sent: [] }));

/** How long an answered edit may stay on screen without the list confirming it, milliseconds. */
const confirmationMs = 2_000;

/** Edits go out one after the other: two requests at once might arrive the other way round. */
let underWay: Promise<unknown> = Promise.resolve();

const forget = (entry: SentSpan): void =>
  useSentSpans.setState(({ sent }) => ({ sent: sent.filter((each) => each !== entry) }));

async function send<Answer>(entry: SentSpan, request: () => Promise<Answer>): Promise<Answer | null> {
  useSentSpans.setState(({ sent }) => ({
    sent: [...sent.filter((each) => each.segmentId !== entry.segmentId), entry],
  }));
  try {
    const answering = underWay.then(request);
    underWay = answering.catch(() => undefined);
    const answer = await answering;
    setTimeout(() => forget(entry), confirmationMs);
    return answer;
  } catch (error) {
    forget(entry);
    notifyFailure(error);
    return null;
  }
}

/**
 * Gives a segment another span, and another class where one is named: one edit, shown at once, taken back with a notice
 * where the backend refuses.
 */
export async function changeSpan(segment: Segment, span: Span, classId = segment.classId): Promise<void> {
  const relabels = classId !== segment.classId;
  const moves = !same(segment, span);
  if (!relabels && !moves) return;
  const { id: segmentId, videoId } = segment;
  const change = { ...(moves && span), ...(relabels && { classId }) };
  // As it was when the gesture began: what others do to it meanwhile is not to be overwritten.
  const seen = [{ startUs: segment.startUs, endUs: segment.endUs, classId: segment.classId }];
  await send({ segmentId, videoId, classId, relabels, span }, () =>
    backend.segments.update({ segmentIds: [segmentId], seen, ...change }),
  );
}

/** Makes a segment; shown at once. `select`: it becomes the selection, at once as well. */
export async function createSegment(videoId: number, classId: number, span: Span, select: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const provisional = provisionalId();
  awaitId(provisional, promise);
  if (select) useStudio.getState().selectSegments([provisional], videoId);
  const made = await send({ segmentId: provisional, videoId, classId, span }, async () => {
    const wish = { videoId, classId, startUs: span.startUs, endUs: span.endUs };
    const before = new Set(knownSegmentIds(videoId));
    const answering = askUntilHeard(
      () => backend.segments.create(wish),
      async () =>
        (await backend.segments.list({ videoId })).find(
          (each) =>
            each.classId === classId && same(each, span) && each.source.kind === 'human' && !before.has(each.id),
        ),
    );
    // Before whatever waits in line to be done to it.
    await answering.then(({ id }) => resolve(id), reject);
    return answering;
  });
  if (made) await confirmation(provisional);
  const { selectedSegmentIds, selectSegments } = useStudio.getState();
  if (selectedSegmentIds.includes(provisional))
    selectSegments(selectedSegmentIds.flatMap((id) => (id !== provisional ? id : (made?.id ?? []))));
}

/** Settles when the list shows the segment, or was given long enough: only then is its real id known everywhere. */
const confirmation = async (segmentId: number): Promise<void> =>
  new Promise((resolve) => {
    const look = ({ sent }: { readonly sent: readonly SentSpan[] }): void => {
      if (sent.some((each) => each.segmentId === segmentId)) return;
      stop();
      resolve();
    };
    const stop = useSentSpans.subscribe(look);
    look(useSentSpans.getState());
  });

const same = (a: Span, b: Span): boolean => a.startUs === b.startUs && a.endUs === b.endUs;

/** Whether the list already says what was sent. */
const confirmed = (entry: SentSpan, byId: ReadonlyMap<number, Segment>, all: readonly Segment[]): boolean => {
  if (entry.segmentId < 0) return all.some((segment) => segment.classId === entry.classId && same(segment, entry.span));
  const listed = byId.get(entry.segmentId);
  return (
    listed === undefined || (same(listed, entry.span) && (entry.relabels !== true || listed.classId === entry.classId))
  );
};

/** Forgets what the list confirms: from then on the list alone counts, whatever happens to the segment next. */
export function forgetConfirmed(listed: readonly Segment[], videoId: number): void {
  const { sent } = useSentSpans.getState();
  if (sent.length === 0) return;
  const byId = new Map(listed.map((segment) => [segment.id, segment]));
  const open = sent.filter((entry) => entry.videoId !== videoId || !confirmed(entry, byId, listed));
  if (open.length < sent.length) useSentSpans.setState({ sent: open });
}

/** The listed segments of a video with what is under way laid over them. Pure; the list itself where nothing is. */
export function withSentSpans(
  listed: readonly Segment[],
  videoId: number,
  sent: readonly SentSpan[],
): readonly Segment[] {
  const own = sent.filter((entry) => entry.videoId === videoId);
  if (own.length === 0) return listed;
  const byId = new Map(listed.map((segment) => [segment.id, segment]));
  const open = own.filter((entry) => !confirmed(entry, byId, listed));
  if (open.length === 0) return listed;
  const changed = new Map(open.map((entry) => [entry.segmentId, entry]));
  return [
    ...listed.map((segment) => {
      const entry = changed.get(segment.id);
      return entry
        ? { ...segment, ...entry.span, ...(entry.relabels === true && { classId: entry.classId }) }
        : segment;
    }),
    ...open.filter((entry) => entry.segmentId < 0).map(provisional),
  ];
}

const provisional = ({ segmentId, videoId, classId, span }: SentSpan): Segment =>
  drawnSegment({ id: segmentId, videoId, classId, ...span });
