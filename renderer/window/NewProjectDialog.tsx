import FolderOutlined from '@mui/icons-material/FolderOutlined';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../backend/client.ts';
import { FormDialog } from '../shared/FormDialog.tsx';
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
    <FormDialog
      title="New project"
      maxWidth="xs"
      verb="Choose where…"
      icon={<FolderOutlined fontSize="small" />}
      isReady={name.trim() !== ''}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
