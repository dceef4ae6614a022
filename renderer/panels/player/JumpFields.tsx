import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { typedNumber } from '../../ui/typed-number.ts';
import { usePlayerPreferences, type PlayerPreferences } from './player-preferences.ts';

type NumberField = {
  [Name in keyof PlayerPreferences]: PlayerPreferences[Name] extends number ? Name : never;
}[keyof PlayerPreferences];

interface Field {
  readonly name: NumberField;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** 1: whole numbers only. */
  readonly step: number;
}

const fields: readonly Field[] = [
  { name: 'jumpSeconds', label: t('Jump, seconds'), min: 0.1, max: 600, step: 0.1 },
  { name: 'jumpFrames', label: t('Jump, frames'), min: 1, max: 1000, step: 1 },
  { name: 'loopBeforeS', label: t('Loop from before, seconds'), min: 0, max: 60, step: 0.1 },
  { name: 'loopAfterS', label: t('Loop to after, seconds'), min: 0, max: 60, step: 0.1 },
  { name: 'boundaryFrames', label: t('Loop of an edge, ± frames'), min: 1, max: 1000, step: 1 },
];

/** How far the jump keys go, and how much around a segment or an edge is looped. */
export const JumpFields = () => (
  <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
    {fields.map((field) => (
      <JumpField key={field.name} field={field} />
    ))}
  </Box>
);

/** The number that was typed, where it may be one. */
function numberIn(typed: string, { min, max, step }: Field): number | null {
  const number = typedNumber(typed);
  const fits = number >= min && number <= max && (step !== 1 || Number.isInteger(number));
  return fits ? number : null;
}

function JumpField({ field }: { readonly field: Field }) {
  const { name, label, min, max } = field;
  const value = usePlayerPreferences((preferences) => preferences[name]);
  const [typed, setTyped] = useState(String(value));
  const isWrong = numberIn(typed, field) === null;
  return (
    <TextField
      label={label}
      value={typed}
      error={isWrong}
      {...(isWrong && { helperText: t('{{min}} to {{max}}', { min, max }) })}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = numberIn(event.target.value, field);
        if (number !== null) usePlayerPreferences.setState({ [name]: number });
      }}
      onBlur={() => setTyped(String(value))}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  );
}
