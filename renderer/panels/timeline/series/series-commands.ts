import { t } from '../../../language/language.ts';
import type { Command } from '../../../shared/command.ts';
import { announce, notify } from '../../../shared/notices.ts';
import { loaded, viewing } from '../viewing-command.ts';
import { changeRecording, knownRecordings } from './recordings.ts';
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
    const withHidden = recordings.filter(({ tracks }) => tracks.some(({ look }) => look === 'hidden'));
    if (withHidden.length === 0) {
      notify(recordings.length === 0 ? t('There is no sensor beside this video.') : t('Every sensor is shown.'));
      return;
    }
    for (const { id, tracks } of withHidden)
      changeRecording(id, {
        tracks: tracks.map((track) => (track.look === 'hidden' ? { ...track, look: 'full' } : track)),
      });
    announce(t('Every sensor is shown.'));
  }),
];
