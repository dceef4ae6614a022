import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { z } from 'zod';
import { attributeValue } from '#preload/domain/attribute.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { failureOf } from '../../backend/failures.ts';

const valueInUse = z.object({ value: attributeValue, segments: z.int() });
export type ValueInUse = z.infer<typeof valueInUse>;

/** The values that segments have and that a change of an attribute would take; none where it failed for another reason. */
export const inUseOf = (error: unknown): readonly ValueInUse[] => {
  const told = valueInUse.array().safeParse(failureOf(error).details['inUse']);
  return told.success ? told.data : [];
};

/** Asks what becomes of values that segments have and that are to be no options any more. */
export function ValuesInUse(props: {
  readonly values: readonly ValueInUse[];
  readonly options: readonly string[];
  readonly onAnswer: (becomes: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}) {
  const [becomes, setBecomes] = useState<Readonly<Record<string, string>>>({});
  return (
    <Alert severity="warning" slotProps={{ message: { sx: { flex: 1, display: 'grid', gap: 1.5 } } }}>
      {t('Segments have values that would be gone. What becomes of them?')}
      {props.values.map(({ value, segments }) => (
        <TextField
          key={value}
          select
          size="small"
          label={`“${value}”: ${counted(segments, 'segment')}`}
          value={becomes[String(value)] ?? ''}
          onChange={(event) => setBecomes({ ...becomes, [String(value)]: event.target.value })}
          slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        >
          <MenuItem value="">{t('no value any more')}</MenuItem>
          {props.options.map((option) => (
            <MenuItem key={option} value={option}>
              {t('becomes “{{option}}”', { option })}
            </MenuItem>
          ))}
        </TextField>
      ))}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button
          size="small"
          variant="contained"
          onClick={() => props.onAnswer(Object.fromEntries(Object.entries(becomes).filter(([, to]) => to !== '')))}
        >
          {t('Save so')}
        </Button>
        <Button size="small" color="inherit" onClick={props.onCancel}>
          {t('Change nothing')}
        </Button>
      </Box>
    </Alert>
  );
}
