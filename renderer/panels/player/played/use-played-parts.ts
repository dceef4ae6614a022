import { useEffect } from 'react';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { useSegments } from '../../../backend/project-queries.ts';
import { shuttle } from '../../../playback/playback.ts';
import { useScoreThreshold } from '../../../shared/score-threshold.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { playedPartsOf } from './played-choice.ts';

/** Lets the shuttle play the parts of a video that the person chose, as its segments are now. */
export function usePlayedParts(videoId: number, table: FrameTable | null): void {
  const choice = usePlayerPreferences((preferences) => preferences.played);
  const { data: segments } = useSegments(choice.mode === 'everything' ? null : videoId);
  const onlyClassId = useStudio((studio) => (studio.soloFocusedClass ? studio.focusedClassId : null));
  const threshold = useScoreThreshold();
  useEffect(() => {
    const isKnown = table !== null && segments !== undefined;
    shuttle.setPlayedParts(isKnown ? playedPartsOf(choice, table, segments, { threshold, onlyClassId }) : null);
  }, [choice, table, segments, threshold, onlyClassId]);
  useEffect(() => () => shuttle.setPlayedParts(null), [videoId]);
}
