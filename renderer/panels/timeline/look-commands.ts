import { t } from '../../language/language.ts';
import { knownVideo } from '../../backend/project-queries.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import type { Command } from '../../shared/command.ts';
import { announce, notify } from '../../shared/notices.ts';
import { sharpenChange } from './picture-changes.ts';
import { usePreferences } from './timeline-preferences.ts';
import { useTimeline } from './timeline-view.ts';
import { loaded, viewing } from './viewing-command.ts';

const afterEmptyRows = { whole: 'thin', thin: 'hidden', hidden: 'whole' } as const;

/**
 * The playhead on the next frame with which the picture changes, or the last one before: about there at once, and on the
 * cut itself as soon as it is found, unless the person has gone on meanwhile.
 */
async function goToChange(step: 1 | -1): Promise<void> {
  const { changesUs, table } = useTimeline.getState();
  if (!table) return;
  const { frame } = playhead.getState();
  const frameAt = (us: number): number => table.frameAt(table.snapUs(us));
  const isFurther = (us: number): boolean => (frameAt(us) - frame) * step > 0;
  const next = step > 0 ? changesUs.find(isFurther) : changesUs.findLast(isFurther);
  if (next !== undefined) {
    shuttle.goToFrame(frameAt(next));
    const cutUs = await sharpenChange(next);
    if (playhead.getState().frame === frameAt(next)) shuttle.goToFrame(frameAt(cutUs));
  } else if (changesUs.length === 0) notify(t('Where the picture changes is known once segments have been proposed.'));
  else announce(step > 0 ? t('No change further on.') : t('No change before this.'));
}

/** What the timeline shows, how, and where the picture changes. */
export const lookCommands: readonly Command[] = [
  {
    ...viewing('fold-row', t('Fold the row of the focused class, or unfold it'), ['Alt+Z'], ({ studio }) => {
      const { focusedClassId } = studio;
      if (focusedClassId !== null) studio.foldClass(focusedClassId);
    }),
    enabled: (studio) => loaded() && studio.focusedClassId !== null,
  },
  viewing('compact-rows', t('Low rows for many classes, or high ones'), ['Shift+R'], () => {
    usePreferences.setState(({ compactRows }) => ({ compactRows: !compactRows }));
    announce(usePreferences.getState().compactRows ? t('Low rows') : t('High rows'));
  }),
  viewing('empty-rows', t('Rows without segments: whole, thin, hidden'), ['Shift+H'], () => {
    usePreferences.setState(({ emptyRows }) => ({ emptyRows: afterEmptyRows[emptyRows] }));
    announce(t('Rows without segments: {{emptyRows}}', { emptyRows: usePreferences.getState().emptyRows }));
  }),
  viewing('next-change', t('Next change of the picture, as a cut'), ['Shift+PageDown'], () => void goToChange(1), true),
  viewing('previous-change', t('Previous change of the picture'), ['Shift+PageUp'], () => void goToChange(-1), true),
  viewing('spectrogram', t('Spectrogram of the sound, or none'), ['Shift+G'], ({ studio }) => {
    if (knownVideo(studio.selectedVideoId ?? 0)?.facts.hasAudio === false) {
      notify(t('This video has no sound.'));
      return;
    }
    usePreferences.setState(({ tracks }) => ({ tracks: { ...tracks, spectrogram: !tracks.spectrogram } }));
    announce(usePreferences.getState().tracks.spectrogram ? t('Spectrogram') : t('No spectrogram'));
  }),
  viewing('class-scores', t('Scores of each class in its row, or not'), ['Shift+V'], () => {
    usePreferences.setState(({ classScores }) => ({ classScores: !classScores }));
    announce(usePreferences.getState().classScores ? t('Scores in the rows') : t('No scores in the rows'));
  }),
  viewing('snapping', t('Snap edges to neighbours, playhead and changes, or not'), ['Shift+S'], () => {
    usePreferences.setState(({ snapping }) => ({ snapping: !snapping }));
    announce(usePreferences.getState().snapping ? t('Snapping on') : t('Snapping off'));
  }),
];
