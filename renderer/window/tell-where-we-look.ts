import { hashKey } from '@tanstack/react-query';
import { mostShownSelected } from '#preload/contract/people.ts';
import { api, backend, queries } from '../backend/client.ts';
import { knownOthers } from '../backend/people.ts';
import { useStudio } from '../shared/studio-state.ts';

/** Others need not see every step of a quick hand. */
const restMs = 250;

/**
 * Tells the backend what this window looks at, while others are there to see it. Returns an end to it.
 */
export function tellWhereWeLook(): () => void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    if (knownOthers().length === 0) {
      // Whoever comes next has heard nothing yet.
      told = '';
      return;
    }
    const { selectedVideoId: videoId, selectedSegmentIds } = useStudio.getState();
    const segmentIds = selectedSegmentIds.filter((id) => id > 0).slice(0, mostShownSelected);
    const look = JSON.stringify([videoId, segmentIds]);
    if (look === told) return;
    told = look;
    // Where it does not arrive, the next look does.
    backend.people.look({ videoId, segmentIds }).catch(() => (told = ''));
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(tell, restMs);
  };
  const peopleHash = hashKey(api.people.list.queryKey());
  const ends = [
    useStudio.subscribe(tellSoon),
    queries.getQueryCache().subscribe(({ query, type }) => {
      if (type === 'updated' && query.queryHash === peopleHash) tellSoon();
    }),
  ];
  tellSoon();
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
  };
}
