import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { t } from '../../../language/language.ts';
import { playhead } from '../../../playback/playback.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { FormDialog } from '../../../shared/FormDialog.tsx';
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
    <FormDialog
      title={t('Place of {{name}} in time', { name: recording.name })}
      maxWidth="sm"
      verb={t('Save')}
      isReady={fault === null}
      isBusy={false}
      error={null}
      onSubmit={() => {
        changeRecording(recording.id, clock!);
        onClose();
      }}
      aside={
        recording.rate !== 1 && (
          <Button
            onClick={() => {
              changeRecording(recording.id, { rate: 1 });
              onClose();
            }}
          >
            {t('Clocks run alike')}
          </Button>
        )
      }
      onClose={onClose}
    >
      <TextField
        autoFocus
        size="small"
        label={t('Its first row is at, seconds of the video')}
        value={first}
        disabled={typed.length > 0}
        sx={{ mt: 0.75 }}
        onChange={({ target }) => setFirst(target.value)}
      />
      <Typography variant="body2" color="text.secondary">
        {t('Or say where a moment of it is seen; two of them also correct a clock that runs fast or slow.')}
      </Typography>
      {anchors.map((anchor, index) => (
        <Box key={index} sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr auto', gap: 1, alignItems: 'center' }}>
          <TextField
            size="small"
            label={t('Moment {{index}}, seconds from its first row', { index: index + 1 })}
            value={anchor.own}
            onChange={({ target }) => set(index, { own: target.value })}
            slotProps={{ inputLabel: { shrink: true } }}
          />
          <TextField
            size="small"
            label={t('Moment {{index}}, seconds of the video', { index: index + 1 })}
            value={anchor.video}
            onChange={({ target }) => set(index, { video: target.value })}
            slotProps={{ inputLabel: { shrink: true } }}
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
          (clock!.rate === 1
            ? t('First row at {{seconds}} s; both clocks run alike.', { seconds: secondsText(clock!.offsetUs) })
            : t('First row at {{seconds}} s; one second of it is {{rate}} s of the video.', {
                seconds: secondsText(clock!.offsetUs),
                rate: decimal(clock!.rate, 6),
              }))}
      </Typography>
    </FormDialog>
  );
}
