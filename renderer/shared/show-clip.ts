import type { Span } from '#preload/domain/span.ts';
import { create } from 'zustand';
import { showMoment } from './show-moment.ts';
import { useStudio } from './studio-state.ts';

/** A stretch that the timeline is to close in on once it shows that video; null once it has. */
export const useStretchToShow = create<{ readonly stretch: (Span & { readonly videoId: number }) | null }>(() => ({
  stretch: null,
}));

/** Goes to a stretch of a video: plays it round and round, selects its segment where it has one, and closes in on it. */
export function showClip(clip: Span & { readonly videoId: number; readonly segmentId: number | null }): void {
  const { videoId, startUs, endUs, segmentId } = clip;
  showMoment(videoId, clip, 'loop');
  useStudio.getState().selectSegments(segmentId === null ? [] : [segmentId], videoId);
  useStudio.getState().show({ reviewing: false });
  useStretchToShow.setState({ stretch: { videoId, startUs, endUs } });
}
