import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useTypedLetters } from '../ui/typed-letters.ts';
import { useClasses, type CountedClass } from '../backend/project-queries.ts';
import { ClassName } from './ClassChip.tsx';
import { mostChoices } from './ClassField.tsx';

const filterByName = createFilterOptions<CountedClass>({ stringify: ({ name }) => name, limit: mostChoices });

/** Several classes of the project, by typing a few letters of each; null stands for all of them, as none chosen does. */
export function ClassesField(props: {
  readonly label: string;
  /** Stands there while none is chosen. */
  readonly placeholder?: string;
  readonly help?: string;
  /** Of more than this only the number is shown while the field has no focus. */
  readonly limitTags?: number;
  readonly chosenIds: readonly number[] | null;
  readonly onChoose: (classIds: number[] | null) => void;
}) {
  const { data: classes = [] } = useClasses();
  const typed = useTypedLetters();
  const chosen = classes.filter(({ id }) => props.chosenIds?.includes(id));
  return (
    <Autocomplete<CountedClass, true>
      multiple
      {...typed}
      size="small"
      limitTags={props.limitTags ?? -1}
      disableCloseOnSelect
      filterOptions={filterByName}
      options={classes}
      value={chosen}
      onChange={(_, next) => props.onChoose(next.length === 0 ? null : next.map(({ id }) => id))}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      renderOption={({ key, ...rest }, each) => (
        <li key={key} {...rest}>
          <ClassName of={each} />
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          label={props.label}
          placeholder={chosen.length === 0 ? (props.placeholder ?? '') : ''}
          helperText={props.help}
        />
      )}
    />
  );
}
