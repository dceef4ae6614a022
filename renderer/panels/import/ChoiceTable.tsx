import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';

/** As many as a person would decide one by one. */
const mostShown = 60;

/** Names of a file, each with what it becomes in the project. */
export function ChoiceTable(props: {
  readonly title: string;
  readonly choiceLabel: string;
  readonly rows: readonly { readonly name: string; readonly detail: string; readonly value: string }[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (name: string, value: string) => void;
}) {
  const { title, rows, options } = props;
  if (rows.length === 0) return null;
  const more = rows.length - mostShown;
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="subtitle2">{title}</Typography>
      <Box sx={{ maxHeight: 220, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}>
        <Table size="small" aria-label={title}>
          <TableBody>
            {rows.slice(0, mostShown).map(({ name, detail, value }) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row" sx={{ maxWidth: 260 }}>
                  <MiddleEllipsis text={name} />
                </TableCell>
                <TableCell sx={{ color: 'text.secondary', fontSize: 12 }}>{detail}</TableCell>
                <TableCell sx={{ width: 220 }}>
                  <TextField
                    select
                    fullWidth
                    size="small"
                    variant="standard"
                    value={value}
                    onChange={(event) => props.onChoose(name, event.target.value)}
                    // A list of the system: thousands of options cost nothing.
                    slotProps={{
                      select: { native: true },
                      htmlInput: { 'aria-label': `${name} ${props.choiceLabel}` },
                    }}
                  >
                    {options.map((option) => (
                      <option key={option.value} value={option.value}>
                        {option.label}
                      </option>
                    ))}
                  </TextField>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
      {more > 0 && (
        <Typography variant="caption" color="textSecondary">
          {t('and {{more}}; the command line can decide them all.', { more: counted(more, 'more', 'more') })}
        </Typography>
      )}
    </Box>
  );
}
