import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { TableLook } from '#preload/contract/transfer-choices.ts';
import { columnRoles, tableColumns, type ColumnRole, type TableColumns } from '#preload/domain/table-columns.ts';
import { t } from '../../language/language.ts';
import { SystemSelect } from '../../ui/SystemSelect.tsx';
import { FirstRows } from './FirstRows.tsx';
import { said } from '../../language/said.ts';

const roleNames: Record<ColumnRole, string> = {
  video: t('Video'),
  label: t('Class'),
  start: t('Start'),
  end: t('End'),
  duration: t('Duration'),
  score: t('Score'),
  annotator: t('Annotator'),
  note: t('Note'),
  split: t('Split'),
  state: t('State'),
};

const units: Record<TableColumns['unit'], string> = {
  s: t('seconds or h:mm:ss.s'),
  ms: 'milliseconds',
  frames: 'frames',
  timecode: t('timecode hh:mm:ss:ff'),
};
const delimiters: Record<TableColumns['delimiter'], string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const sources: Record<TableLook['by'], string> = {
  guess: t('This is a guess; look at the rows below.'),
  memory: t('As the last table of this project was read.'),
  choice: t('As you chose.'),
};

/** What each column of a table says, and its first rows as they would be stored. */
export function ColumnMapper(props: {
  readonly look: TableLook;
  /** As they are chosen now; `look` may still tell of the choice before. */
  readonly columns: TableColumns;
  readonly onChange: (columns: TableColumns) => void;
}) {
  const { look, columns, onChange } = props;
  const { names } = look;
  const change = (part: Partial<TableColumns>): void => onChange({ ...columns, ...part });
  const counts = columns.unit === 'frames' || columns.unit === 'timecode';
  return (
    <Box component="section" aria-label={t('Columns')} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="body2" color="textSecondary">
        {look.missing === null ? sources[look.by] : t('Choose {{missing}}.', { missing: said(look.missing) })}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: 1.5 }}>
        {columnRoles.map((role) => (
          <SystemSelect
            key={role}
            label={roleNames[role]}
            value={columns.roles[role] ?? ''}
            options={[
              ['', role === 'video' ? t('the file’s name') : 'none'],
              ...names.map((name) => [name, name] as const),
            ]}
            onChange={(name) => change({ roles: { ...columns.roles, [role]: name === '' ? null : name } })}
          />
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <SystemSelect
          label={t('Times in')}
          value={columns.unit}
          options={Object.entries(units)}
          onChange={(unit) => change({ unit: unit as TableColumns['unit'] })}
        />
        {columns.unit === 'frames' && (
          <SystemSelect
            label={t('The first frame is')}
            value={String(columns.firstFrame)}
            options={[
              ['0', '0'],
              ['1', '1'],
            ]}
            onChange={(first) => change({ firstFrame: first === '1' ? 1 : 0 })}
          />
        )}
        {columns.unit === 'timecode' && (
          <TextField
            label={t('Frames per second')}
            type="number"
            size="small"
            defaultValue={columns.rate}
            onChange={(event) => {
              const rate = tableColumns.shape.rate.safeParse(Number(event.target.value));
              if (rate.success) change({ rate: rate.data });
            }}
            slotProps={{ htmlInput: { min: 1, max: 1000, step: 'any' } }}
            sx={{ width: 150 }}
          />
        )}
        {counts && columns.roles.end !== null && (
          <SystemSelect
            label={t('The end is')}
            value={columns.endIncluded ? 'last' : 'after'}
            options={[
              ['after', t('the frame after it')],
              ['last', t('its last frame')],
            ]}
            onChange={(end) => change({ endIncluded: end === 'last' })}
          />
        )}
        <SystemSelect
          label={t('Cells are parted by')}
          value={columns.delimiter}
          options={Object.entries(delimiters)}
          onChange={(delimiter) => change({ delimiter: delimiter as TableColumns['delimiter'] })}
        />
        <SystemSelect
          label={t('Decimal sign')}
          value={columns.decimal}
          options={[
            ['.', 'point'],
            [',', 'comma'],
          ]}
          onChange={(decimal) => change({ decimal: decimal as TableColumns['decimal'] })}
        />
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={columns.header}
              onChange={(_, header) => change({ header, roles: noRoles })}
            />
          }
          label={t('The first line names the columns')}
        />
      </Box>
      <FirstRows look={look} />
    </Box>
  );
}

/** Other names of columns: none of the old ones is there. */
const noRoles = Object.fromEntries(columnRoles.map((role) => [role, null])) as TableColumns['roles'];
