import { useProject } from '../backend/project-queries.ts';
import { useStudio } from './studio-state.ts';

/** From which score on proposals are shown now: while the slider is dragged, already what it stands on. */
export function useScoreThreshold(): number {
  const { data: project } = useProject();
  const preview = useStudio((studio) => studio.scoreThresholdPreview);
  return preview ?? project?.settings.scoreThreshold ?? 0;
}
