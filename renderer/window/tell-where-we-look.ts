import { mostShownSelected } from '#preload/contract/people.ts';
import { backend } from '../backend/client.ts';
import { useConnection } from '../backend/connection.ts';
import { segmentsToDecide } from '../shared/decide-segments.ts';
import { useReviewQueue } from '../shared/review-queue.ts';
import { useStudio } from '../shared/studio-state.ts';

/** What is looked at is told at once; nobody need see every step of a quick hand from there on. */
const restMs = 50;

/**
 * Tells the backend what this window looks at: others see it, and what somebody is about to decide, alone or chosen with
 * others in the grid, no model run takes away.
 * Returns an end to it.
 */
export function tellWhereWeLook(): () => void {
  let told = '';
  let hasFailed = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    resting = undefined;
    if (useConnection.getState().connection !== 'connected') return;
    const { selectedVideoId: videoId } = useStudio.getState();
    const segmentIds = segmentsToDecide()
      .filter((id) => id > 0)
      .slice(0, mostShownSelected);
    const look = JSON.stringify([videoId, segmentIds]);
    if (look === told) return;
    told = look;
    resting = setTimeout(tell, restMs);
    // Where it does not arrive, the next look does.
    backend.people.look({ videoId, segmentIds }).catch(() => (hasFailed = true));
  };
  const tellUnlessResting = (): void => {
    if (hasFailed) told = '';
    hasFailed = false;
    if (resting === undefined) tell();
  };
  const ends = [
    useStudio.subscribe(tellUnlessResting),
    useReviewQueue.subscribe((now, before) => {
      if (now.chosen !== before.chosen) tellUnlessResting();
    }),
    // Only a window that listens is there: whoever connects anew is to be told again.
    useConnection.subscribe(({ connection }) => {
      if (connection !== 'connected') return;
      told = '';
      tellUnlessResting();
    }),
  ];
  return () => {
    clearTimeout(resting);
    ends.forEach((end) => end());
  };
}
