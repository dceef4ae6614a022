import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../../language/language.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { FormDialog } from '../../../shared/FormDialog.tsx';
import { RadioChoice } from '../../../ui/RadioChoice.tsx';
import { typedNumber } from '../../../ui/typed-number.ts';
import { changeTrack, knownRecording } from './recordings.ts';
import { useSeriesDialog } from './series-dialogs.ts';

const scales = { all: t('All of its values'), view: t('What is in view'), fixed: t('Between') } as const;

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
  const isWrong = isFixed && !(Number.isFinite(low) && Number.isFinite(high) && low < high);
  return (
    <FormDialog
      title={t('{{name}} of {{name2}}', { name: track.name, name2: recording.name })}
      maxWidth="xs"
      verb={t('Save')}
      isReady={!isWrong && name.trim() !== ''}
      isBusy={false}
      error={null}
      onSubmit={() => {
        const scale = isFixed ? { kind, low, high } : { kind };
        changeTrack(recording, track.column, { name: name.trim(), colour, scale });
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 96px', gap: 1.5, mt: 0.75 }}>
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
      <RadioChoice label={t('From the lowest to the highest of')} value={kind} onChoose={setKind} options={scales} />
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
    </FormDialog>
  );
}
