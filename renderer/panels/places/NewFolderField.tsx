import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Place } from '#preload/contract/places.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';

/** Names and makes a folder inside the one that is listed. */
export function NewFolderField(props: {
  readonly inside: string;
  readonly onMade: (place: Place) => void;
  readonly onCancel: () => void;
}) {
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => backend.places.makeFolder({ token: props.inside, name: name.trim() }),
    onSuccess: props.onMade,
  });
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') make.mutate();
      }}
      sx={{ display: 'flex', gap: 1, px: 2, pb: 1, alignItems: 'flex-start' }}
    >
      <TextField
        autoFocus
        fullWidth
        label={t('Name of the new folder')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onCancel();
        }}
        error={make.isError}
        helperText={make.isError ? failureOf(make.error).message : undefined}
      />
      <Button
        type="submit"
        variant="outlined"
        loading={make.isPending}
        disabled={name.trim() === ''}
        sx={{ height: 37 }}
      >
        {t('Make')}
      </Button>
    </Box>
  );
}
