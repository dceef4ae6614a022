import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import TextField from '@mui/material/TextField';
import { ClassName } from '../../shared/ClassChip.tsx';
import { mostChoices } from '../../shared/ClassField.tsx';
import { ClassKeyCaps } from '../../shared/ClassKeyCaps.tsx';
import { decideSelected } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import { useClasses, type CountedClass } from '../../backend/project-queries.ts';

type Choice = CountedClass | { readonly id: null; readonly name: string };

const filterByName = createFilterOptions<Choice>({ stringify: (choice) => choice.name, limit: mostChoices });

async function relabel(choice: Choice): Promise<void> {
  const classId = choice.id ?? (await backend.classes.add({ name: choice.name })).id;
  await decideSelected({ kind: 'relabel', classId });
}

/** Another class by typing a few of its letters; a name that is not there yet becomes a class. */
export function RelabelDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const count = useStudio((studio) => studio.selectedSegmentIds.length);
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="xs"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start', pt: '12vh' } }}
      slotProps={{ paper: { 'aria-label': 'Give another class' } }}
    >
      <Box sx={{ p: 2 }}>
        <Autocomplete<Choice>
          open
          autoHighlight
          disableCloseOnSelect
          forcePopupIcon={false}
          onClose={(_, reason) => reason === 'escape' && onClose()}
          options={classes}
          getOptionLabel={(choice) => choice.name}
          getOptionKey={(choice) => choice.id ?? 'new'}
          filterOptions={(choices, state) => {
            const found = filterByName(choices, state);
            const typed = state.inputValue.trim();
            const exact = classes.some((each) => each.name.toLocaleLowerCase() === typed.toLocaleLowerCase());
            return typed === '' || exact ? found : [...found, { id: null, name: typed }];
          }}
          onChange={(_, choice) => {
            onClose();
            if (choice) attempt(relabel(choice));
          }}
          renderOption={({ key, ...rest }, choice) => (
            <li key={key} {...rest}>
              {choice.id === null ? (
                <>New class “{choice.name}”</>
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
              label={count === 1 ? 'Class of this segment' : `Class of ${count} segments`}
              placeholder="Type a few letters"
            />
          )}
          slotProps={{ popper: { placement: 'bottom-start' } }}
        />
      </Box>
    </Dialog>
  );
}
