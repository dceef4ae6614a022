import { useStudio } from '../../shared/studio-state.ts';
import { LookBackDialog } from './LookBackDialog.tsx';

/** The restore point that somebody looks back at, from wherever it was asked for. */
export function LookBack() {
  const pointId = useStudio((studio) => studio.lookedAtPoint);
  return pointId === null ? null : (
    <LookBackDialog pointId={pointId} onClose={() => useStudio.getState().show({ lookedAtPoint: null })} />
  );
}
