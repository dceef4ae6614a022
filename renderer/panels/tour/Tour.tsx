import { useProject } from '../../backend/project-queries.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { AfterTourDialog } from './AfterTourDialog.tsx';
import { TourCard } from './TourCard.tsx';
import { tourSteps } from './tour-steps.ts';
import { usePointBeforeTour } from './use-point-before-tour.ts';

/** The guided tour, while somebody takes it; after it, whoever says so gets the project back as the tour found it. */
export function Tour() {
  const index = useStudio((studio) => studio.tourStep);
  const step = index === null ? undefined : tourSteps[index];
  const { data: project } = useProject();
  const { pointId, forget } = usePointBeforeTour(
    step !== undefined,
    project?.readOnly === false ? project.location : null,
  );
  return (
    <>
      {index !== null && step !== undefined && <TourCard step={step} index={index} />}
      {pointId !== null && <AfterTourDialog pointId={pointId} onClose={forget} />}
    </>
  );
}
