import { useStudio } from '../../shared/studio-state.ts';
import { TourCard } from './TourCard.tsx';
import { tourSteps } from './tour-steps.ts';

/** The guided tour, while somebody takes it. */
export function Tour() {
  const index = useStudio((studio) => studio.tourStep);
  const step = index === null ? undefined : tourSteps[index];
  return index === null || step === undefined ? null : <TourCard step={step} index={index} />;
}
