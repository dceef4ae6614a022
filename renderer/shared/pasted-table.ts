import { create } from 'zustand';
import { useStudio } from './studio-state.ts';

/** Where the segments of a pasted table go: to the playhead, the earliest first, or to the times that the table says. */
export type PastePlace = 'playhead' | 'own-times';

/** The table that the paste dialog is about; empty where it is still to be pasted there. */
export const usePastedTable = create<{ readonly text: string; readonly place: PastePlace }>(() => ({
  text: '',
  place: 'own-times',
}));

/** Shows what a table would become before it does. */
export function askAboutPaste(text: string, place: PastePlace): void {
  usePastedTable.setState({ text, place });
  useStudio.getState().show({ dialog: 'paste' });
}
