import { create } from 'zustand';
import { api, backend } from '../backend/client.ts';
import { useProject } from '../backend/project-queries.ts';
import { storeShown, type Meanwhile } from '../backend/shown-meanwhile.ts';
import { attempt } from './notices.ts';

/** How long a hand that steps by keys may rest before the threshold is stored. */
const restMs = 300;

/** What the hand has set and is not known to be stored. */
const useMeanwhile = create<Meanwhile<number>>(() => ({ shown: null }));
let timer: ReturnType<typeof setTimeout> | undefined;

/** From which score on proposals are shown now: while the slider is moved, already what it stands on. */
export function useScoreThreshold(): number {
  const { data: project } = useProject();
  const meanwhile = useMeanwhile(({ shown }) => shown);
  return meanwhile ?? project?.settings.scoreThreshold ?? 0;
}

/** Shows proposals from a score on, without storing it. */
export function previewScoreThreshold(scoreThreshold: number): void {
  clearTimeout(timer);
  useMeanwhile.setState({ shown: scoreThreshold });
}

/** Shows proposals from a score on: at once on screen, soon in the project. */
export function changeScoreThreshold(scoreThreshold: number): void {
  previewScoreThreshold(scoreThreshold);
  timer = setTimeout(() => {
    const storing = backend.projects.changeSettings({ scoreThreshold });
    attempt(storeShown(useMeanwhile, storing, api.projects.info.queryKey()));
  }, restMs);
}
