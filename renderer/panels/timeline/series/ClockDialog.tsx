import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { t } from '../../../language/language.ts';
import { playhead } from '../../../playback/playback.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { changeRecording, knownRecording } from './recordings.ts';
import { clockThrough, typedTimeUs, type Anchor } from './clock-through.ts';
import { useSeriesDialog } from './series-dialogs.ts';
import { decimal } from '../../../ui/quantities.ts';

const secondsText = (us: number): string => String(Math.round(us) / 1e6);

interface TypedAnchor {
  readonly own: string;
  readonly video: string;
}

/** Where a recording lies in the video's time: its first row, or one or two of its moments where they are seen. */
export function ClockDialog({ onClose }: { readonly onClose: () => void }) {
  const [recording] = useState(() =>
    knownRecording(useStudio.getState().selectedVideoId ?? 0, useSeriesDialog.getState().recordingId ?? 0),
  );
  const [first, setFirst] = useState(secondsText(recording?.offsetUs ?? 0));
  const [anchors, setAnchors] = useState<readonly TypedAnchor[]>([
    { own: '', video: '' },
    { own: '', video: '' },
  ]);
  if (!recording) return null;
  const typed = anchors.flatMap(({ own, video }): Anchor[] => {
    const [ownUs, videoUs] = [typedTimeUs(own), typedTimeUs(video)];
    return ownUs === null || videoUs === null ? [] : [{ ownUs, videoUs }];
  });
  const half = anchors.some(({ own, video }) => (own.trim() === '') !== (video.trim() === ''));
  const offsetUs = typedTimeUs(first);
  const clock =
    typed.length > 0
      ? clockThrough(typed, recording.rate)
      : offsetUs === null
        ? null
        : { offsetUs: Math.round(offsetUs), rate: recording.rate };
  const fault = half
    ? t('A moment needs both of its times.')
    : clock === null
      ? t('Say the time in seconds, or as 1:02.5; two moments must be apart in both clocks and in the same order.')
      : null;
  const set = (index: number, change: Partial<TypedAnchor>): void =>
    setAnchors(anchors.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="recording-clock-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (clock === null || fault !== null) return;
          changeRecording(recording.id, clock);
          onClose();
        }}
      >
        <DialogTitle id="recording-clock-title">{t('Place of {{name}} in time', { name: recording.name })}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
          <TextField
            autoFocus
            size="small"
            label={t('Its first row is at, seconds of the video')}
            value={first}
            disabled={typed.length > 0}
            onChange={({ target }) => setFirst(target.value)}
          />
          <Typography variant="body2" color="text.secondary">
            {t('Or say where a moment of it is seen; two of them also correct a clock that runs fast or slow.')}
          </Typography>
          {anchors.map((anchor, index) => (
            <Box
              key={index}
              sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr auto', gap: 1, alignItems: 'center' }}
            >
              <TextField
                size="small"
                label={t('Moment {{index}}, seconds from its first row', { index: index + 1 })}
                value={anchor.own}
                onChange={({ target }) => set(index, { own: target.value })}
              />
              <TextField
                size="small"
                label={t('Moment {{index}}, seconds of the video', { index: index + 1 })}
                value={anchor.video}
                onChange={({ target }) => set(index, { video: target.value })}
              />
              <Button
                size="small"
                aria-label={t('Moment {{index}} is at the playhead', { index: index + 1 })}
                onClick={() => set(index, { video: secondsText(playhead.getState().timeUs) })}
              >
                {t('Now')}
              </Button>
            </Box>
          ))}
          <Typography role="status" variant="body2" sx={{ color: fault === null ? 'text.primary' : 'warning.main' }}>
            {fault ??
              t('First row at {{secondsText}} s; {{value}}.', {
                secondsText: secondsText(clock!.offsetUs),
                value:
                  clock!.rate === 1
                    ? t('both clocks run alike')
                    : t('one second of it is {{rate}} s of the video', { rate: decimal(clock!.rate, 6) }),
              })}
          </Typography>
        </DialogContent>
        <DialogActions>
          {recording.rate !== 1 && (
            <Button
              onClick={() => {
                changeRecording(recording.id, { rate: 1 });
                onClose();
              }}
            >
              {t('Clocks run alike')}
            </Button>
          )}
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained" disabled={fault !== null}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
