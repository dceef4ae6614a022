import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ConflictRow } from '#preload/domain/seen.ts';
import { api, queries, resendConflict } from '../../backend/client.ts';
import { closeConflict, resolved, useConflicts, type Conflict } from '../../backend/conflicts.ts';
import { attempt } from '../../shared/notices.ts';
import { ContestedValue } from './ContestedValue.tsx';
import { contestedFields, whatOf, wholeWish, whoOf } from './conflict-words.ts';
import { t } from '../../language/language.ts';

/** More rows of one edit than this are counted, not listed. */
const mostListed = 8;

/** Shows what somebody else made of the same meanwhile, beside what was asked for, until the person has chosen. */
export function ConflictDialog() {
  const waiting = useConflicts((state) => state.waiting);
  const [conflict] = waiting;
  if (!conflict) return null;
  const { rows } = conflict;
  const who = whoOf(rows);
  const allGone = rows.every(({ now }) => now === null);
  const whole = wholeWish(conflict);
  const choose = (choice: 'mine' | 'theirs'): void => {
    closeConflict(conflict);
    const input = resolved(conflict, choice);
    if (input !== null) attempt(resendConflict(conflict.call, input));
  };
  const canInsist = !allGone || conflict.call === 'segments.update';
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={() => choose('theirs')} aria-labelledby="conflict-title">
      <DialogTitle id="conflict-title">
        {allGone
          ? t('{{who}} removed {{what}} that you were changing', { who, what: whatOf(rows) })
          : t('{{who}} changed {{what}} that you were changing', { who, what: whatOf(rows) })}
        {waiting.length > 1 && ` ${t('(1 of {{waiting}})', { waiting: waiting.length })}`}
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 1 }}>
          {whole === undefined
            ? t('Nothing was overwritten. Choose what is to hold.')
            : t('Nothing was overwritten and nothing was done: you wanted to {{whole}}. Choose what is to hold.', {
                whole,
              })}
        </DialogContentText>
        {!allGone && (
          <Table size="small" aria-label={t('What both made of it')}>
            <TableHead>
              <TableRow>
                <TableCell />
                <TableCell sx={{ width: '45%' }}>{who}</TableCell>
                <TableCell sx={{ width: '45%' }}>{whole === undefined ? t('You') : t('What you saw')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.slice(0, mostListed).map((row) => (
                <ContestedRow key={row.id} conflict={conflict} row={row} />
              ))}
            </TableBody>
          </Table>
        )}
        {rows.length > mostListed && (
          <DialogContentText sx={{ mt: 1 }}>
            {t('And {{rows}} more.', { rows: rows.length - mostListed })}
          </DialogContentText>
        )}
      </DialogContent>
      <DialogActions>
        {/* It comes unasked: a space or Enter that was on its way elsewhere answers nothing. */}
        <Button onClick={() => choose('theirs')}>
          {canInsist ? (allGone ? t('Leave it removed') : t('Keep theirs')) : t('Understood')}
        </Button>
        {canInsist && (
          <Button variant="contained" onClick={() => choose('mine')}>
            {allGone
              ? t('Bring it back with my change')
              : whole === undefined
                ? t('Use mine')
                : t('Still {{whole}}', { whole })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const nameOfAttribute = (id: number): string | undefined =>
  queries.getQueryData(api.attributes.list.queryKey())?.find((each) => each.id === id)?.name;

function ContestedRow({ conflict, row }: { readonly conflict: Conflict; readonly row: ConflictRow }) {
  const seen = seenOf(conflict, row.id);
  return contestedFields(conflict, row, nameOfAttribute).map(({ field, label, theirs, mine }) => (
    <TableRow key={field}>
      <TableCell component="th" scope="row">
        {label}
      </TableCell>
      <TableCell>
        <ContestedValue field={field} value={theirs} />
      </TableCell>
      <TableCell>
        <ContestedValue field={field} value={mine ?? seen?.[field]} />
      </TableCell>
    </TableRow>
  ));
}

/** What the edit said was seen of a row. */
function seenOf({ input }: Conflict, id: number): Readonly<Record<string, unknown>> | undefined {
  const { seen, segmentIds } = input as { seen?: unknown; segmentIds?: readonly number[] };
  const of: unknown = Array.isArray(seen) ? seen[segmentIds?.indexOf(id) ?? -1] : seen;
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>) : undefined;
}
