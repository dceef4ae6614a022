import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { Agreement } from '#preload/contract/layers.ts';
import { t } from '../../language/language.ts';
import { cornerCell, nameCell, rowNameCell } from '../../ui/confusion-cells.ts';
import { grouped } from '../../ui/quantities.ts';

/** Which class the one gave where the other gave another: counts, darker where there are more of the row's. */
export function ConfusionTable(props: {
  readonly agreement: Agreement;
  readonly names: readonly [a: string, b: string];
}) {
  const { agreement, names } = props;
  const { classIds, counts } = agreement.confusion;
  const labels = [
    ...classIds.map((id) => agreement.classes.find(({ classId }) => classId === id)?.name ?? String(id)),
    t('nothing'),
  ];
  if (classIds.length === 0) return null;
  return (
    <Box>
      <Typography variant="subtitle2">
        {t('Classes: {{names}} in rows, {{names2}} in columns', { names: names[0], names2: names[1] })}
      </Typography>
      <Box
        tabIndex={0}
        role="region"
        aria-label={t('Confusion between classes')}
        sx={{ overflow: 'auto', maxHeight: 320 }}
      >
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              <TableCell sx={cornerCell} />
              {labels.map((label) => (
                <TableCell key={label} align="right" title={label} sx={nameCell}>
                  {label}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {counts.map((row, index) => {
              const total = row.reduce((sum, count) => sum + count, 0);
              return (
                <TableRow key={labels[index]}>
                  <TableCell component="th" scope="row" title={labels[index]} sx={rowNameCell}>
                    {labels[index]}
                  </TableCell>
                  {row.map((count, column) => (
                    <TableCell
                      key={labels[column]}
                      align="right"
                      sx={{
                        fontWeight: index === column ? 600 : 400,
                        backgroundColor: (theme) =>
                          total === 0 ? 'transparent' : theme.alpha(theme.palette.primary.main, (0.35 * count) / total),
                      }}
                    >
                      {count === 0 ? '' : grouped(count)}
                    </TableCell>
                  ))}
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </Box>
    </Box>
  );
}
