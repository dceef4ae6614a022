import TextField from '@mui/material/TextField';

/** One of many by the system's own list, in which thousands cost nothing. */
export function SystemSelect(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
  readonly fullWidth?: boolean;
}) {
  return (
    <TextField
      select
      size="small"
      label={props.label}
      fullWidth={props.fullWidth ?? false}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      sx={props.fullWidth === true ? {} : { minWidth: 150 }}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </TextField>
  );
}
