import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { setScale, useTimeline } from '../panels/timeline/timeline-view.ts';
import { playhead } from '../playback/playback.ts';
import { showMoment } from '../shared/show-moment.ts';
import { useStudio } from '../shared/studio-state.ts';
import { viewStorage } from '../shared/view-storage.ts';

/** Where somebody stood in a project: what they looked at, and how closely. */
interface Standpoint {
  readonly videoId: number;
  readonly timeUs: number;
  readonly segmentIds: readonly number[];
  readonly classId: number | null;
  /** Left out where none is. */
  readonly foldedClassIds?: readonly number[];
  /** Of the timeline; null while the whole video is in view. */
  readonly zoom: { readonly startUs: number; readonly usPerPx: number } | null;
}

const mostProjects = 20;

/** By location of the project, the latest last. */
const useStandpoints = create<{ readonly of: Readonly<Record<string, Standpoint>> }>()(
  persist((): { readonly of: Readonly<Record<string, Standpoint>> } => ({ of: {} }), {
    name: 'cuepoint.standpoints',
    version: 1,
    storage: viewStorage(),
  }),
);

/** Where the person stands now; null while the player does not hold what is selected. */
function standpointNow(): Standpoint | null {
  const { selectedVideoId: videoId, selectedSegmentIds, focusedClassId, foldedClassIds } = useStudio.getState();
  const head = playhead.getState();
  const { scale, limits, table } = useTimeline.getState();
  if (videoId === null || head.videoId !== videoId || table === null) return null;
  const { startUs, endUs } = limits.span;
  const whole = scale.usPerPx * scale.widthPx >= endUs - startUs;
  return {
    videoId,
    timeUs: head.timeUs,
    segmentIds: selectedSegmentIds.filter((id) => id > 0),
    classId: focusedClassId,
    ...(foldedClassIds.length > 0 && { foldedClassIds }),
    zoom: whole ? null : { startUs: scale.startUs, usPerPx: scale.usPerPx },
  };
}

/**
 * Brings the person back to where they stood in the project at `location`, then notes where they stand, until the
 * returned function ends it.
 */
export function keepStandpoint(location: string): () => void {
  const before = useStandpoints.getState().of[location];
  // Until the player holds the video again, where it stands says nothing.
  let waiting = before !== undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (): void => {
    timer = undefined;
    const now = standpointNow();
    if (!now) return;
    const { [location]: _, ...others } = useStandpoints.getState().of;
    const kept = Object.entries(others).slice(1 - mostProjects);
    useStandpoints.setState({ of: { ...Object.fromEntries(kept), [location]: now } });
  };
  const noteSoon = (): void => {
    if (waiting && useStudio.getState().selectedVideoId === before?.videoId) {
      const { table, scale } = useTimeline.getState();
      if (table === null || scale.widthPx <= 1 || playhead.getState().videoId !== before.videoId) return;
      waiting = false;
      const { zoom } = before;
      if (zoom) queueMicrotask(() => setScale((now) => ({ ...now, ...zoom })));
    }
    waiting = false;
    timer ??= setTimeout(note, 250);
  };
  if (before) {
    const { selectSegments, focusClass, show } = useStudio.getState();
    selectSegments(before.segmentIds, before.videoId);
    focusClass(before.classId);
    show({ foldedClassIds: before.foldedClassIds ?? [] });
    showMoment(before.videoId, { startUs: before.timeUs, endUs: before.timeUs + 1 }, 'seek');
  }
  const ends = [useStudio, playhead, useTimeline].map((each) => each.subscribe(noteSoon));
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
  };
}
