import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { TableLook } from '#preload/contract/recordings.ts';
import type { RecordingReading, TimeUnit } from '#preload/domain/recording.ts';
import { t } from '../../../language/language.ts';
import { SystemSelect } from '../../../ui/SystemSelect.tsx';

const unitWords: Readonly<Record<TimeUnit, string>> = {
  s: t('Seconds (also since 1970)'),
  ms: t('Milliseconds'),
  us: t('Microseconds'),
  ns: t('Nanoseconds'),
  date: t('Date and time'),
  clock: 'HH:MM:SS.mmm',
  samples: t('Number of the sample'),
};

const delimiterWords: Readonly<Record<RecordingReading['delimiter'], string>> = {
  ',': t('Comma'),
  ';': t('Semicolon'),
  '\t': t('Tab'),
  '|': t('Bar'),
  ' ': t('Blanks'),
};

const entries = <Key extends string>(words: Readonly<Record<Key, string>>) => Object.entries(words) as [Key, string][];

/** How times are found in a table and how its text is cut; each as it was found, to be corrected. */
export function ReadingFields({
  look,
  onChange,
}: {
  readonly look: TableLook;
  readonly onChange: (reading: RecordingReading) => void;
}) {
  const { reading, columns } = look;
  const { time } = reading;
  const change = (part: Partial<RecordingReading>): void => onChange({ ...reading, ...part });
  const changeTime = (part: Partial<RecordingReading['time']>): void => change({ time: { ...time, ...part } });
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: 1.5 }}>
      <SystemSelect
        label={t('Time')}
        fullWidth
        value={String(time.column ?? 'none')}
        options={[
          ...columns.map(({ name }, column) => [String(column), name] as const),
          ['none', t('No column: one row after the other')] as const,
        ]}
        onChange={(value) =>
          changeTime(value === 'none' ? { column: null, unit: 'samples' } : { column: Number(value) })
        }
      />
      {time.column !== null && (
        <SystemSelect
          label={t('Kind of times')}
          fullWidth
          value={time.unit}
          options={entries(unitWords)}
          onChange={(unit) => changeTime({ unit: unit as TimeUnit })}
        />
      )}
      {time.unit === 'samples' && (
        <NumberField
          label={t('Samples a second')}
          value={time.rateHz}
          least={1e-6}
          most={1e7}
          onChange={(rateHz) => changeTime({ rateHz })}
        />
      )}
      <SystemSelect
        label={t('Columns are parted by')}
        fullWidth
        value={reading.delimiter}
        options={entries(delimiterWords)}
        onChange={(delimiter) => change({ delimiter: delimiter as RecordingReading['delimiter'] })}
      />
      <SystemSelect
        label={t('Decimal sign')}
        fullWidth
        value={reading.decimal}
        options={[
          ['.', t('Point')],
          [',', t('Comma')],
        ]}
        onChange={(decimal) => change({ decimal: decimal as RecordingReading['decimal'] })}
      />
      <NumberField
        label={t('Lines before the table')}
        value={reading.skipLines}
        least={0}
        most={10_000}
        whole
        onChange={(skipLines) => change({ skipLines })}
      />
      <FormControlLabel
        control={<Checkbox size="small" checked={reading.header} onChange={(_, header) => change({ header })} />}
        label={t('The first row names them')}
      />
    </Box>
  );
}

/** A number that counts once what is typed is one. */
function NumberField(props: {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(props.value));
  const read = (typed: string): number | null => {
    const value = typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.'));
    const fits = value >= props.least && value <= props.most && (props.whole !== true || Number.isInteger(value));
    return fits ? value : null;
  };
  return (
    <TextField
      size="small"
      label={props.label}
      value={text}
      error={read(text) === null}
      onChange={({ target }) => {
        setText(target.value);
        const value = read(target.value);
        if (value !== null) props.onChange(value);
      }}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  );
}
