import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { ClassProgress } from '#preload/contract/segments.ts';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { runCommand } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { grouped } from '../../ui/quantities.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';

const columns = [
  ['complete', t('Complete')],
  ['inProgress', t('In progress')],
  ['unseen', t('Not looked at')],
  ['accepted', t('Accepted')],
  ['proposed', t('Proposed')],
  ['rejected', t('Rejected')],
] as const;

/** How far the project is, class by class: videos by how far they are looked through, segments by state. */
export function ProgressDialog({ onClose }: { readonly onClose: () => void }) {
  const progress = useQuery(api.reviews.progress.queryOptions());
  const classes = useClassesById();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="progress-title">
      <DialogTitle id="progress-title">{t('Progress by class')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, alignContent: 'start' }}>
        <Typography variant="body2" color="textSecondary">
          {t('The bar shows the videos in which every occurrence is marked, and those that are being looked at.')}
        </Typography>
        {progress.isError ? (
          <FailureNote error={progress.error} onRetry={() => void progress.refetch()} />
        ) : progress.data === undefined ? (
          <RowsSkeleton rows={5} height={28} label={t('Counting')} />
        ) : progress.data.length === 0 ? (
          <Typography>{t('There are no classes yet.')}</Typography>
        ) : (
          <TableContainer tabIndex={0} role="region" aria-label={t('Progress by class')}>
            <Table size="small" stickyHeader aria-label={t('Progress by class')}>
              <TableHead>
                <TableRow>
                  <TableCell sx={{ pl: 0 }}>{t('Class')}</TableCell>
                  {columns.map(([key, words]) => (
                    <TableCell key={key} align="right">
                      {words}
                    </TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {progress.data.map((row) => (
                  <TableRow key={row.classId}>
                    <TableCell component="th" scope="row" sx={{ pl: 0 }}>
                      <ClassName of={classes.get(row.classId)} whole />
                      <VideoBar row={row} />
                    </TableCell>
                    {columns.map(([key]) => (
                      <TableCell key={key} align="right">
                        {grouped(row[key])}
                      </TableCell>
                    ))}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button sx={{ mr: 'auto' }} onClick={() => runCommand('quality.show')}>
          {t('Quality of proposals…')}
        </Button>
        <Button color="inherit" onClick={onClose}>
          {t('Close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The numbers beside it say the same. */
function VideoBar({ row: { complete, inProgress, unseen } }: { readonly row: ClassProgress }) {
  const count = Math.max(1, complete + inProgress + unseen);
  const part = (videos: number, bgcolor: string) => (
    <Box sx={{ width: `${(100 * videos) / count}%`, height: '100%', bgcolor }} />
  );
  return (
    <Box
      aria-hidden
      sx={{ display: 'flex', mt: 0.5, height: 4, width: 160, borderRadius: 2, overflow: 'hidden', bgcolor: 'divider' }}
    >
      {part(complete, 'success.main')}
      {part(inProgress, 'primary.main')}
    </Box>
  );
}
