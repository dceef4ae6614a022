import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';

/** One of a few, each with a word beside it, under a label for all. */
export function RadioChoice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  /** What each is called, in the order in which they stand. */
  readonly options: Readonly<Record<Value, string>>;
  readonly onChoose: (value: Value) => void;
  /** Whether they stand side by side. */
  readonly row?: boolean;
  readonly hint?: string;
}) {
  const labelId = useId();
  return (
    <FormControl>
      <FormLabel id={labelId}>{props.label}</FormLabel>
      <RadioGroup
        row={props.row ?? false}
        aria-labelledby={labelId}
        value={props.value}
        onChange={(_, value) => props.onChoose(value as Value)}
      >
        {Object.entries<string>(props.options).map(([value, words]) => (
          <FormControlLabel key={value} value={value} control={<Radio size="small" />} label={words} />
        ))}
      </RadioGroup>
      {props.hint !== undefined && <FormHelperText sx={{ mx: 0 }}>{props.hint}</FormHelperText>}
    </FormControl>
  );
}
