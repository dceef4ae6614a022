import useMediaQuery from '@mui/material/useMediaQuery';
import { useShallow } from 'zustand/react/shallow';
import { narrowBelowPx, shownPanels, useStudio } from './studio-state.ts';

/** Whether there is room for one side panel beside the player, no more. */
export const useIsNarrow = (): boolean => useMediaQuery(`(max-width: ${narrowBelowPx - 0.02}px)`, { noSsr: true });

/** The side panels on screen: both, or in a narrow window the one that was opened last. */
export function useShownPanels(): ReturnType<typeof shownPanels> {
  const narrow = useIsNarrow();
  return useStudio(useShallow((studio) => shownPanels(studio, narrow)));
}
