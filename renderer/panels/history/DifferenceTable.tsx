import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { t } from '../../language/language.ts';
import { grouped } from '../../ui/quantities.ts';

interface Difference {
  readonly id: number;
  readonly name: string;
  readonly back: number;
  readonly gone: number;
  readonly changed: number;
}

const columns = [
  ['back', t('Come back')],
  ['gone', t('Go away')],
  ['changed', t('Change')],
] as const;

/** How many segments would come back, go and change. */
export function DifferenceTable({ label, rows }: { readonly label: string; readonly rows: readonly Difference[] }) {
  return (
    <TableContainer sx={{ maxHeight: 180, flexShrink: 0 }} tabIndex={0} role="region" aria-label={label}>
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>{label}</TableCell>
            {columns.map(([key, words]) => (
              <TableCell key={key} align="right">
                {words}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id}>
              <TableCell component="th" scope="row" sx={{ pl: 0, overflowWrap: 'anywhere' }}>
                {row.name}
              </TableCell>
              {columns.map(([key]) => (
                <TableCell key={key} align="right">
                  {row[key] === 0 ? '' : grouped(row[key])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
