import { t } from '../../../language/language.ts';
import type { Command } from '../../../shared/command.ts';
import { announce, notify } from '../../../shared/notices.ts';
import { loaded, viewing } from '../viewing-command.ts';
import { changeTrack, knownRecordings } from './recordings.ts';
import { chooseTable } from './series-dialogs.ts';

/** What sensors measured beside the video. */
export const seriesCommands: readonly Command[] = [
  {
    id: 'series.add',
    label: t('Add values of a sensor (CSV)…'),
    group: 'Timeline',
    keys: ['Alt+Shift+S'],
    enabled: (studio) => studio.selectedVideoId !== null && loaded(),
    run: chooseTable,
  },
  viewing('show-series', t('Show every sensor of this video'), [], ({ studio }) => {
    const recordings = knownRecordings(studio.selectedVideoId ?? 0);
    const hidden = recordings.flatMap((recording) =>
      recording.tracks.filter(({ look }) => look === 'hidden').map(({ column }) => ({ recording, column })),
    );
    if (hidden.length === 0) {
      notify(recordings.length === 0 ? t('There is no sensor beside this video.') : t('Every sensor is shown.'));
      return;
    }
    for (const recording of new Set(hidden.map((each) => each.recording)))
      changeTrack({ ...recording, tracks: recording.tracks.map((track) => ({ ...track, look: 'full' })) }, -1, {});
    announce(t('Every sensor is shown.'));
  }),
];
