import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../../language/language.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { RadioChoice } from '../../../ui/RadioChoice.tsx';
import { changeTrack, knownRecording } from './recordings.ts';
import { useSeriesDialog } from './series-dialogs.ts';

const scales = { all: t('All of its values'), view: t('What is in view'), fixed: t('Between') } as const;

const typedNumber = (text: string): number | null => {
  const value = text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.').replace('−', '-'));
  return Number.isFinite(value) ? value : null;
};

/** What a track is called, its colour, and from which value to which it is drawn. */
export function TrackDialog({ onClose }: { readonly onClose: () => void }) {
  const { recordingId, column } = useSeriesDialog.getState();
  const [recording] = useState(() => knownRecording(useStudio.getState().selectedVideoId ?? 0, recordingId ?? 0));
  const track = recording?.tracks.find((each) => each.column === column);
  const facts = recording?.facts?.columns.find((each) => each.column === column);
  const [name, setName] = useState(track?.name ?? '');
  const [colour, setColour] = useState(track?.colour ?? '#4c9be8');
  const [kind, setKind] = useState<keyof typeof scales>(track?.scale.kind ?? 'all');
  const [ends, setEnds] = useState(() =>
    track?.scale.kind === 'fixed'
      ? { low: String(track.scale.low), high: String(track.scale.high) }
      : { low: String(facts?.low ?? 0), high: String(facts?.high ?? 1) },
  );
  if (!recording || !track) return null;
  const [low, high] = [typedNumber(ends.low), typedNumber(ends.high)];
  const isFixed = kind === 'fixed';
  const isWrong = isFixed && (low === null || high === null || low >= high);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="recording-track-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong || name.trim() === '') return;
          const scale = kind === 'fixed' ? { kind, low: low!, high: high! } : { kind };
          changeTrack(recording, track.column, { name: name.trim(), colour, scale });
          onClose();
        }}
      >
        <DialogTitle id="recording-track-title">
          {t('{{name}} of {{name2}}', { name: track.name, name2: recording.name })}
        </DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 96px', gap: 1.5 }}>
            <TextField
              autoFocus
              size="small"
              label={t('Name')}
              value={name}
              error={name.trim() === ''}
              onChange={({ target }) => setName(target.value.slice(0, 200))}
            />
            <TextField
              size="small"
              type="color"
              label={t('Colour')}
              value={colour}
              onChange={({ target }) => setColour(target.value)}
              slotProps={{ inputLabel: { shrink: true } }}
            />
          </Box>
          <RadioChoice
            label={t('From the lowest to the highest of')}
            value={kind}
            onChoose={setKind}
            options={scales}
          />
          {isFixed && (
            <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
              <TextField
                size="small"
                label={t('Lowest')}
                value={ends.low}
                error={isWrong}
                onChange={({ target }) => setEnds({ ...ends, low: target.value })}
              />
              <TextField
                size="small"
                label={t('Highest')}
                value={ends.high}
                error={isWrong}
                helperText={isWrong ? t('Numbers, the lowest first') : undefined}
                onChange={({ target }) => setEnds({ ...ends, high: target.value })}
              />
            </Box>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained" disabled={isWrong || name.trim() === ''}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
