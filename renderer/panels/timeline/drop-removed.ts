import { useEffect, useRef } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { useStudio } from '../../shared/studio-state.ts';

const idsAmong = (ids: ReadonlySet<number>, segments: readonly Segment[]): ReadonlySet<number> =>
  new Set(segments.flatMap(({ id }) => (ids.has(id) ? [id] : [])));

/**
 * Takes out of the selection what goes out of the list of a video, by an undo or by somebody else. What was never listed
 * stays: a segment is selected before the list holds it.
 */
export function useDropRemoved(videoId: number | null, listed: readonly Segment[] | undefined): void {
  const before = useRef<{ readonly videoId: number | null; readonly listed: readonly Segment[] } | null>(null);
  useEffect(() => {
    if (!listed) return;
    const last = before.current;
    before.current = { videoId, listed };
    const { selectedVideoId, selectedSegmentIds, selectSegments } = useStudio.getState();
    if (last?.videoId !== videoId || selectedVideoId !== videoId || selectedSegmentIds.length === 0) return;
    const selected = new Set(selectedSegmentIds);
    const were = idsAmong(selected, last.listed);
    const are = idsAmong(selected, listed);
    const kept = selectedSegmentIds.filter((id) => !were.has(id) || are.has(id));
    if (kept.length < selectedSegmentIds.length) selectSegments(kept);
  }, [videoId, listed]);
}
