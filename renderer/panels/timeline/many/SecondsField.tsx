import TextField from '@mui/material/TextField';
import { typedNumber } from '../../../ui/typed-number.ts';

/** The seconds that a person typed, with a point or a comma, as microseconds; null for none. */
export function typedUs(text: string): number | null {
  const seconds = typedNumber(text);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1e6) : null;
}

/** A length in seconds. */
export const SecondsField = (props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}) => (
  <TextField
    size="small"
    label={props.label}
    value={props.value}
    autoFocus={props.autoFocus ?? false}
    error={typedUs(props.value) === null}
    onChange={({ target }) => props.onChange(target.value)}
    slotProps={{ htmlInput: { inputMode: 'decimal' } }}
  />
);
