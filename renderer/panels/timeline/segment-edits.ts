import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { attempt, notify, notifyFailure } from '../../shared/notices.ts';
import { sameSpan, useSpansUnderWay, type SentSpan } from '../../shared/spans-under-way.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import { askUntilHeard } from '../../backend/keep-trying.ts';
import { knownSegmentIds } from '../../backend/project-queries.ts';
import { awaitId, provisionalId } from '../../backend/provisional-ids.ts';
import type { SegmentMove } from './move-together.ts';
import { t } from '../../language/language.ts';

/** How long an answered edit may stay on screen without the list confirming it, milliseconds. */
const confirmationMs = 2_000;

/** Edits go out one after the other: two requests at once might arrive the other way round. */
let underWay: Promise<unknown> = Promise.resolve();

const forget = (entries: readonly SentSpan[]): void =>
  useSpansUnderWay.setState(({ sent }) => ({ sent: sent.filter((each) => !entries.includes(each)) }));

async function send<Answer>(entries: readonly SentSpan[], request: () => Promise<Answer>): Promise<Answer | null> {
  const ids = new Set(entries.map(({ segmentId }) => segmentId));
  useSpansUnderWay.setState(({ sent }) => ({
    sent: [...sent.filter(({ segmentId }) => !ids.has(segmentId)), ...entries],
  }));
  try {
    const answering = underWay.then(request);
    underWay = answering.catch(() => undefined);
    const answer = await answering;
    setTimeout(() => forget(entries), confirmationMs);
    return answer;
  } catch (error) {
    forget(entries);
    notifyFailure(error);
    return null;
  }
}

/**
 * Gives segments other spans, and other classes where they are named: one edit, shown at once, taken back with a notice
 * where the backend refuses.
 */
export async function placeSegments(wished: readonly SegmentMove[]): Promise<void> {
  const moves = wished.filter(({ segment, span, classId }) => classId !== segment.classId || !sameSpan(segment, span));
  const entries = moves.map(({ segment: { id: segmentId, videoId, classId: before }, span, classId }) => ({
    segmentId,
    videoId,
    classId,
    relabels: classId !== before,
    span,
  }));
  const [first] = moves;
  if (!first || refusesLocked(moves.map((move) => move.segment))) return;
  const { segment, span, classId } = first;
  const change = { ...(!sameSpan(segment, span) && span), ...(classId !== segment.classId && { classId }) };
  await send(entries, async () =>
    moves.length === 1
      ? backend.segments.update({ segmentIds: [segment.id], seen: [seenOf(segment)], ...change })
      : backend.segments.move({
          moves: moves.map((move) => ({
            segmentId: move.segment.id,
            seen: seenOf(move.segment),
            classId: move.classId,
            ...move.span,
          })),
        }),
  );
}

/** Says so where one of the segments that a hand wants to change is locked; the backend would refuse all of it. */
export function refusesLocked(segments: readonly Segment[]): boolean {
  const locked = segments.filter((segment) => segment.locked).length;
  if (locked === 0) return false;
  const said =
    segments.length === 1
      ? t('This segment is locked: unlock first what is to change.')
      : t('{{count}} of these segments are locked: unlock first what is to change.', {
          count: locked,
          one: '{{count}} of these segments is locked: unlock first what is to change.',
        });
  notify(said, 'warning', {
    label: t('Unlock'),
    run: () =>
      attempt(
        backend.segments.update({
          segmentIds: segments.filter((segment) => segment.locked).map(({ id }) => id),
          locked: false,
        }),
      ),
  });
  return true;
}

/** As it was when the gesture began: what others do to it meanwhile is not to be overwritten. */
const seenOf = ({ startUs, endUs, classId }: Segment) => ({ startUs, endUs, classId });

/** Gives one segment another span. */
export const changeSpan = async (segment: Segment, span: Span): Promise<void> =>
  placeSegments([{ segment, span, classId: segment.classId }]);

/** Makes a segment; shown at once. `select`: it becomes the selection, at once as well. */
export async function createSegment(videoId: number, classId: number, span: Span, select: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const provisional = provisionalId();
  awaitId(provisional, promise);
  if (select) useStudio.getState().selectSegments([provisional], videoId);
  const made = await send([{ segmentId: provisional, videoId, classId, span }], async () => {
    const wish = { videoId, classId, startUs: span.startUs, endUs: span.endUs };
    const before = new Set(knownSegmentIds(videoId));
    const answering = askUntilHeard(
      () => backend.segments.create(wish),
      async () =>
        (await backend.segments.list({ videoId })).find(
          (each) =>
            each.classId === classId && sameSpan(each, span) && each.source.kind === 'human' && !before.has(each.id),
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
    const stop = useSpansUnderWay.subscribe(look);
    look(useSpansUnderWay.getState());
  });
