import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { TableLook } from '#preload/contract/transfer-choices.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/** The first rows of a table: as they are, and what each becomes, in times of its video's frames. */
export function FirstRows({ look }: { readonly look: TableLook }) {
  return (
    <Box
      tabIndex={0}
      sx={{ maxHeight: 240, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
      role="region"
      aria-label={t('First rows')}
    >
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{t('Becomes')}</TableCell>
            {look.names.map((name) => (
              <TableCell key={name}>{name}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {look.rows.map((row, index) => (
            // The rows of a file have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key
            <TableRow key={index}>
              <TableCell sx={{ whiteSpace: 'nowrap', color: row.fault === null ? 'text.primary' : 'warning.main' }}>
                {becomes(row)}
              </TableCell>
              {look.names.map((name, column) => (
                <TableCell key={name} sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>
                  {row.cells[column] ?? ''}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function becomes({ read, fault }: TableLook['rows'][number]): string {
  if (!read?.span) return fault === null ? '' : said(fault);
  const { startUs, endUs, startFrame, endFrame } = read.span;
  return t('{{label}}: {{startUs}} s to {{endUs}} s, frames {{startFrame}} to {{endFrame}}', {
    label: read.label,
    startUs: secondsOf(startUs),
    endUs: secondsOf(endUs),
    startFrame: String(startFrame),
    endFrame: String(endFrame),
  });
}
