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
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { notify } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';

/** Names this place of the history, to look at and go back to later. */
export function RestorePointDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const set = useMutation({
    mutationFn: () => backend.history.setPoint({ name }),
    onSuccess: () => {
      notify(`Restore point “${name.trim()}” is set.`, 'success', {
        label: 'History',
        run: () => useStudio.getState().show({ rightPanel: 'history' }),
      });
      onClose();
    },
  });
  const isNamed = name.trim() !== '';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="restore-point-title">
      <Box
        component="form"
        sx={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) set.mutate();
        }}
      >
        <DialogTitle id="restore-point-title">Set a restore point</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
          <Typography variant="body2" color="textSecondary">
            Everything that is labelled can be looked at, and taken back to, as it is now. It takes no room to speak of.
          </Typography>
          <TextField
            autoFocus
            size="small"
            label="Name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
          {set.isError && <Alert severity="error">{failureOf(set.error).message}</Alert>}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button color="inherit" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" disabled={!isNamed} loading={set.isPending}>
            Set
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
