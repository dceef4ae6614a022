import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { ColumnLook } from '#preload/contract/recordings.ts';
import { mostTracks } from '#preload/domain/recording.ts';
import { t } from '../../../language/language.ts';
import { counted } from '../../../language/counted.ts';
import { useTypedLetters } from '../../../ui/typed-letters.ts';

interface Choice {
  readonly column: number;
  readonly look: ColumnLook;
}

/** Of thousands so many are listed; typing finds the others. */
const filter = createFilterOptions<Choice>({ limit: 100, stringify: ({ look }) => look.name });

/** What stands in a column, by an example. */
const kindWords: Readonly<Record<ColumnLook['kind'], (example: string) => string>> = {
  number: (example) => example,
  constant: (example) => t('always {{example}}', { example }),
  text: (example) => t('text, {{example}}', { example }),
  empty: () => t('empty'),
};

/** Which columns of a table are drawn; words cannot be. */
export function ColumnsField(props: {
  readonly columns: readonly ColumnLook[];
  readonly timeColumn: number | null;
  readonly chosen: readonly number[];
  readonly onChoose: (columns: readonly number[]) => void;
}) {
  const typed = useTypedLetters();
  const choices = props.columns.map((look, column): Choice => ({ look, column }));
  return (
    <Autocomplete<Choice, true>
      multiple
      {...typed}
      size="small"
      disableCloseOnSelect
      autoHighlight
      limitTags={8}
      sx={{ mt: 0.75 }}
      options={choices.filter(({ column }) => column !== props.timeColumn)}
      value={props.chosen.flatMap((column) => choices[column] ?? [])}
      onChange={(_, next) => props.onChoose(next.slice(0, mostTracks).map(({ column }) => column))}
      filterOptions={filter}
      getOptionKey={({ column }) => column}
      getOptionLabel={({ look }) => look.name}
      getOptionDisabled={({ look }) => look.kind === 'text' || look.kind === 'empty'}
      isOptionEqualToValue={(a, b) => a.column === b.column}
      renderOption={({ key, ...rest }, { look }) => (
        <li key={key} {...rest}>
          {look.name}
          <Box component="span" sx={{ ml: 'auto', pl: 2, color: 'text.secondary', fontSize: 12 }}>
            {kindWords[look.kind](look.example)}
          </Box>
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          autoFocus
          label={t('Columns to draw')}
          helperText={t('{{columns}} in the table', { columns: counted(props.columns.length, 'column') })}
        />
      )}
    />
  );
}
