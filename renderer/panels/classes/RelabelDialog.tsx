import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { offeredFor, type ChosenClass } from '../../shared/ClassField.tsx';
import { ClassKeyCaps } from '../../shared/ClassKeyCaps.tsx';
import { decideSelected, segmentsToDecide } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { useClasses } from '../../backend/project-queries.ts';

async function relabel(choice: ChosenClass): Promise<void> {
  const classId = choice.id ?? (await backend.classes.add({ name: choice.name })).id;
  await decideSelected({ kind: 'relabel', classId });
}

/** Another class by typing a few of its letters; a name that is not there yet becomes a class. */
export function RelabelDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const [{ length: count }] = useState(segmentsToDecide);
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="xs"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start', pt: '12vh' } }}
      slotProps={{ paper: { 'aria-label': t('Give another class') } }}
    >
      <Box sx={{ p: 2 }}>
        <Autocomplete<ChosenClass>
          open
          autoHighlight
          disableCloseOnSelect
          forcePopupIcon={false}
          onClose={(_, reason) => reason === 'escape' && onClose()}
          options={classes}
          getOptionLabel={(choice) => choice.name}
          getOptionKey={(choice) => choice.id ?? 'new'}
          filterOptions={offeredFor(classes, true)}
          onChange={(_, choice) => {
            onClose();
            if (choice) attempt(relabel(choice));
          }}
          renderOption={({ key, ...rest }, choice) => (
            <li key={key} {...rest}>
              {choice.id === null ? (
                <>{t('New class “{{name}}”', { name: choice.name })}</>
              ) : (
                <Box sx={{ display: 'flex', width: '100%', justifyContent: 'space-between' }}>
                  <ClassName of={choice} />
                  <ClassKeyCaps actionClass={choice} />
                </Box>
              )}
            </li>
          )}
          renderInput={(params) => (
            <TextField
              {...params}
              autoFocus
              label={t('Class of {{count}} segments', { count, one: 'Class of this segment' })}
              placeholder={t('Type a few letters')}
            />
          )}
          slotProps={{ popper: { placement: 'bottom-start' } }}
        />
      </Box>
    </Dialog>
  );
}
