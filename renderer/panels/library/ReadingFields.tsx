import TextField from '@mui/material/TextField';
import { t } from '../../language/language.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';

const fields = {
  woven: t('Both fields woven into one frame'),
  separate: t('Each field a frame, at twice the rate'),
} as const;

/** What becomes of interlaced pictures. */
export const FieldsChoice = (props: { readonly separate: boolean; readonly onChoose: (separate: boolean) => void }) => (
  <RadioChoice
    label={t('Interlaced pictures')}
    value={props.separate ? 'separate' : 'woven'}
    options={fields}
    onChoose={(value) => props.onChoose(value === 'separate')}
  />
);

/** A rate as typed, with a comma or a point; undefined where nothing is, null where it is none. */
export function typedRate(text: string): number | null | undefined {
  if (text.trim() === '') return undefined;
  const fps = Number(text.replace(',', '.'));
  return fps > 0 && fps <= 10_000 ? fps : null;
}

/** Frames a second of pictures whose times are not stored. */
export function RateField(props: {
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly placeholder: string;
  readonly hint: string;
}) {
  const isRate = typedRate(props.text) !== null;
  return (
    <TextField
      label={t('Frames a second')}
      value={props.text}
      onChange={(event) => props.onType(event.target.value)}
      error={!isRate}
      placeholder={props.placeholder}
      helperText={isRate ? props.hint : t('A number above 0, such as 29.97.')}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { inputMode: 'decimal' } }}
    />
  );
}
