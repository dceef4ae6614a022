import Box from '@mui/material/Box';
import type { TableLook } from '#preload/contract/recordings.ts';
import { t } from '../../../language/language.ts';
import { digitsFont } from '../../../shared/theme.ts';
import { formatTimecode } from '../../../ui/timecode.ts';

/** Times later than this are dates. */
const yearUs = 366 * 86_400e6;

/** A moment as it was read: a date, or a time from wherever the clock begins. */
const timeWords = (us: number): string =>
  us > yearUs ? new Date(us / 1000).toISOString().replace('T', ' ').replace('Z', '') : formatTimecode(us);

/** So many columns are shown. */
const mostShown = 5;

/** The first rows as they are read, each with its time. */
export function TableHead({ look }: { readonly look: TableLook }) {
  const shown = look.columns.slice(0, mostShown);
  const more = look.columns.length - shown.length;
  return (
    <Box
      sx={{ overflowX: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
      tabIndex={0}
      role="region"
      aria-label={t('The first rows')}
    >
      <Box
        component="table"
        sx={{
          width: '100%',
          fontSize: 12,
          fontFamily: digitsFont,
          borderCollapse: 'collapse',
          '& th, & td': { px: 1, py: 0.25, textAlign: 'left', whiteSpace: 'nowrap' },
          '& th': { color: 'text.secondary', fontWeight: 500 },
        }}
      >
        <thead>
          <tr>
            <th scope="col">{t('Read as')}</th>
            {shown.map(({ name }, column) => (
              <th key={column} scope="col">
                {name}
              </th>
            ))}
            {more > 0 && <th scope="col">{t('and {{more}} more', { more })}</th>}
          </tr>
        </thead>
        <tbody>
          {look.rows.map(({ timeUs, cells }, row) => (
            <tr key={row}>
              <td>{timeUs === null ? t('no time') : timeWords(timeUs)}</td>
              {shown.map((_, column) => (
                <td key={column}>{cells[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
