import type { Span } from '#preload/domain/span.ts';
import { playhead, shuttle } from '../playback/playback.ts';
import { useStudio } from './studio-state.ts';

let stopWaiting: (() => void) | null = null;

/**
 * Puts a stretch of a video on screen: selects the video, waits until the player holds it, then seeks, or plays the
 * stretch round and round. A newer wish replaces one that still waits.
 */
export function showMoment(videoId: number, span: Span, mode: 'seek' | 'loop'): void {
  stopWaiting?.();
  stopWaiting = null;
  useStudio.getState().selectVideo(videoId);
  const go = (): void => {
    if (mode === 'loop') {
      shuttle.loopSpan(span);
    } else {
      shuttle.leaveRange();
      shuttle.goToTime(span.startUs);
    }
  };
  const loaded = (): boolean => playhead.getState().videoId === videoId && playhead.getState().table !== null;
  if (loaded()) {
    go();
    return;
  }
  const stop = playhead.subscribe(() => {
    if (!loaded()) return;
    stop();
    stopWaiting = null;
    // The playhead knows the video before the shuttle has taken over its player.
    queueMicrotask(() => loaded() && go());
  });
  stopWaiting = stop;
}
