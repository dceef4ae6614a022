import FolderOutlined from '@mui/icons-material/FolderOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../backend/client.ts';
import { failureOf } from '../backend/failures.ts';
import { choosePlaces } from '../shared/choose-places.ts';

/** A name, the folder to put it in, and, if there are any yet, the classes. */
export function NewProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [classes, setClasses] = useState('');
  const create = useMutation({
    mutationFn: async () => {
      const [place] = await choosePlaces('folder');
      if (place === undefined) return;
      const names = classes
        .split(/[\n,;]+/)
        .map((each) => each.trim())
        .filter((each) => each !== '');
      await backend.projects.create({ place, name: name.trim(), classes: [...new Set(names)] });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="new-project-title">
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') create.mutate();
        }}
      >
        <DialogTitle id="new-project-title">New project</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2.5 }}>
          <TextField
            autoFocus
            label="Name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            helperText={
              name.trim() === ''
                ? 'A folder of this name keeps everything.'
                : `The folder ${name.trim()}.cuepoint keeps everything.`
            }
            sx={{ mt: 0.75 }}
          />
          <TextField
            label="Classes (optional)"
            value={classes}
            onChange={(event) => setClasses(event.target.value)}
            multiline
            minRows={3}
            maxRows={8}
            placeholder={'high jump\npole vault\nlong jump'}
            helperText="One a line, or with commas. More can be typed at any time."
            slotProps={{ inputLabel: { shrink: true } }}
          />
          {create.isError && <Alert severity="error">{failureOf(create.error).message}</Alert>}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button color="inherit" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="contained"
            disabled={name.trim() === ''}
            loading={create.isPending}
            startIcon={<FolderOutlined fontSize="small" />}
          >
            Choose where…
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
