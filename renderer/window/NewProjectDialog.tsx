import FolderOutlined from '@mui/icons-material/FolderOutlined';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../language/language.ts';
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
      title={t('New project')}
      maxWidth="xs"
      verb={t('Choose where…')}
      icon={<FolderOutlined fontSize="small" />}
      isReady={name.trim() !== ''}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <TextField
        autoFocus
        label={t('Name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        helperText={
          name.trim() === ''
            ? t('A folder of this name keeps everything.')
            : t('The folder {{name}}.cuepoint keeps everything.', { name: name.trim() })
        }
        sx={{ mt: 0.75 }}
      />
      <TextField
        label={t('Classes (optional)')}
        value={classes}
        onChange={(event) => setClasses(event.target.value)}
        multiline
        minRows={3}
        maxRows={8}
        placeholder={t('high jump\npole vault\nlong jump')}
        helperText={t('One a line, or with commas. More can be typed at any time.')}
        slotProps={{ inputLabel: { shrink: true } }}
      />
    </FormDialog>
  );
}
