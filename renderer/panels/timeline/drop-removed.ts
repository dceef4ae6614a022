import { useEffect, useRef } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { rowsOf } from '../../backend/segment-order.ts';
import { useStudio } from '../../shared/studio-state.ts';

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
    const were = rowsOf(last.listed, selectedSegmentIds);
    const are = rowsOf(listed, selectedSegmentIds);
    const kept = selectedSegmentIds.filter((id) => !were.has(id) || are.has(id));
    if (kept.length < selectedSegmentIds.length) selectSegments(kept);
  }, [videoId, listed]);
}
