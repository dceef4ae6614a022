import { create } from 'zustand';
import { choosePlaces } from '../../../shared/choose-places.ts';
import { useStudio } from '../../../shared/studio-state.ts';

/** What an open dialog about sensors is about: a table that is to be added, or one that is there. */
export const useSeriesDialog = create<{
  readonly place: string | null;
  readonly recordingId: number | null;
  readonly column: number | null;
}>(() => ({ place: null, recordingId: null, column: null }));

/** Asks how a table is to be read, and then puts it beside the selected video. */
export function askToAdd(place: string): void {
  useSeriesDialog.setState({ place, recordingId: null, column: null });
  useStudio.getState().show({ dialog: 'recording' });
}

/** Lets a person choose a table to be put beside the selected video. */
export async function chooseTable(): Promise<void> {
  const [place] = await choosePlaces('table');
  if (place !== undefined) askToAdd(place);
}

/** Opens a dialog about one that is there. */
export function askAbout(
  dialog: 'recording' | 'recording-clock' | 'recording-track',
  recordingId: number,
  column: number | null = null,
): void {
  useSeriesDialog.setState({ place: null, recordingId, column });
  useStudio.getState().show({ dialog });
}

/** Whether a file's name says that it may be a table. */
export const isTableName = (name: string): boolean => /\.(?:csv|tsv|tab|txt|dat)$/iu.test(name);
