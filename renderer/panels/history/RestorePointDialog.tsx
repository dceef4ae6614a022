import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { FormDialog } from '../../shared/FormDialog.tsx';
import { notify } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';

/** Names this place of the history, to look at and go back to later. */
export function RestorePointDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const set = useMutation({
    mutationFn: () => backend.history.setPoint({ name }),
    onSuccess: () => {
      notify(t('Restore point “{{name}}” is set.', { name: name.trim() }), 'success', {
        label: t('History'),
        run: () => useStudio.getState().show({ rightPanel: 'history' }),
      });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('Set a restore point')}
      maxWidth="xs"
      verb={t('Set')}
      isReady={name.trim() !== ''}
      isBusy={set.isPending}
      error={set.error}
      onSubmit={() => set.mutate()}
      onClose={onClose}
    >
      <Typography variant="body2" color="textSecondary">
        {t(
          'Everything that is labelled can be looked at, and taken back to, as it is now. It takes no room to speak of.',
        )}
      </Typography>
      <TextField
        autoFocus
        size="small"
        label={t('Name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
    </FormDialog>
  );
}
