import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import { t } from '../../language/language.ts';
import { failureOf } from '../../backend/failures.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { addVideos } from './add-videos.ts';
import { FieldsChoice, RateField, typedRate } from './ReadingFields.tsx';

/** Adds videos that are read otherwise than a player shows them: what is chosen here holds for all that are added. */
export function AddOtherwiseDialog({ onClose }: { readonly onClose: () => void }) {
  const [stream, setStream] = useState('');
  const [separateFields, setSeparateFields] = useState(false);
  const [rate, setRate] = useState('');
  const fps = typedRate(rate);
  const isStream = /^\d{0,4}$/.test(stream.trim());
  const canChoose = isStream && fps !== null;
  const add = useMutation({
    mutationFn: async (from: 'videos' | 'folder') => {
      const places = await choosePlaces(from);
      if (places.length === 0) return;
      const reading: ReadingChoice = {
        ...(stream.trim() !== '' && { stream: Number(stream) }),
        ...(separateFields && { separateFields }),
        ...(typeof fps === 'number' && { fps }),
      };
      await addVideos(places, reading);
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="add-otherwise-title">
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (canChoose) add.mutate('videos');
        }}
      >
        <DialogTitle id="add-otherwise-title">{t('Add videos, read otherwise')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2.5 }}>
          <Typography variant="body2" color="text.secondary">
            {t('Without this, a file is read as a player shows it. It can be changed for each video later.')}
          </Typography>
          <RateField
            text={rate}
            onType={setRate}
            placeholder="25"
            hint={t(
              'Of folders of pictures, and of files that store no times. Left empty, what they say themselves holds.',
            )}
          />
          <FieldsChoice separate={separateFields} onChoose={setSeparateFields} />
          <TextField
            label={t('Stream of the file')}
            value={stream}
            onChange={(event) => setStream(event.target.value)}
            error={!isStream}
            placeholder={t('The one that a player shows')}
            helperText={
              isStream
                ? t('Counted from 0, sound too, as of several cameras in one file.')
                : t('A whole number from 0 on, or nothing.')
            }
            slotProps={{ inputLabel: { shrink: true }, htmlInput: { inputMode: 'numeric' } }}
          />
          {add.isError && <Alert severity="error">{failureOf(add.error).message}</Alert>}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button color="inherit" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button disabled={!canChoose || add.isPending} onClick={() => add.mutate('folder')}>
            {t('Choose a folder…')}
          </Button>
          <Button type="submit" variant="contained" disabled={!canChoose || add.isPending}>
            {t('Choose videos…')}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
