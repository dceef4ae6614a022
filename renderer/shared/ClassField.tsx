import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { FilterOptionsState } from '@mui/material/useAutocomplete';
import { t } from '../language/language.ts';
import type { CountedClass } from '../backend/project-queries.ts';
import { ClassName } from './ClassChip.tsx';

/** A class of the project, or the name of one that is to be made. */
export type ChosenClass = CountedClass | { readonly id: null; readonly name: string };

/** What `segments.createMany` calls it. */
export const classOf = (choice: ChosenClass): number | string => choice.id ?? choice.name;

/** As many as can be looked through; of more a few letters find the one that is meant. */
export const mostChoices = 200;

const filterByName = createFilterOptions<ChosenClass>({ stringify: ({ name }) => name, limit: mostChoices });

/** What is offered for the letters typed: classes with them in their name, and that name itself where none has it yet. */
export const offeredFor =
  (classes: readonly CountedClass[], makesNew: boolean) =>
  (choices: ChosenClass[], state: FilterOptionsState<ChosenClass>): ChosenClass[] => {
    const found = filterByName(choices, state);
    const typed = state.inputValue.trim();
    const isThere = classes.some(({ name }) => name.toLocaleLowerCase() === typed.toLocaleLowerCase());
    return typed === '' || isThere || !makesNew ? found : [...found, { id: null, name: typed }];
  };

/** A class by typing a few of its letters; with `makesNew` a name that is not there yet can be one too. */
export function ClassField(props: {
  readonly label: string;
  readonly classes: readonly CountedClass[];
  readonly value: ChosenClass | null;
  readonly onChange: (value: ChosenClass | null) => void;
  readonly makesNew?: boolean;
  readonly autoFocus?: boolean;
}) {
  const { classes, value, makesNew = false } = props;
  return (
    <Autocomplete<ChosenClass>
      size="small"
      autoHighlight
      options={classes}
      value={value}
      onChange={(_, next) => props.onChange(next)}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id ?? 'new'}
      isOptionEqualToValue={(a, b) => a.id === b.id && a.name === b.name}
      filterOptions={offeredFor(classes, makesNew)}
      renderOption={({ key, ...rest }, choice) => (
        <li key={key} {...rest}>
          {choice.id === null ? <>{t('New class “{{name}}”', { name: choice.name })}</> : <ClassName of={choice} />}
        </li>
      )}
      renderInput={(params) => <TextField {...params} autoFocus={props.autoFocus ?? false} label={props.label} />}
    />
  );
}
