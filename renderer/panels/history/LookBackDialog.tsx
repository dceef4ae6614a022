import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { undoOffer } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { makersWords, othersWords, pointDetails } from './point-words.ts';
import { SegmentsThen } from './SegmentsThen.tsx';
import { moment } from '../../ui/time-ago.ts';

/** A restore point, to read: what differs from now, by class, by video and one by one; and the way back to it. */
export function LookBackDialog({ pointId, onClose }: { readonly pointId: number; readonly onClose: () => void }) {
  const look = useQuery({ ...api.history.look.queryOptions({ input: { pointId } }), gcTime: 0 });
  const back = useMutation({
    mutationFn: (lastEditId: number) => backend.history.goBack({ pointId, lastEditId }),
    onSuccess: ({ label }) => {
      notify(t('{{label}}: done.', { label: said(label) }), 'success', undoOffer);
      onClose();
    },
  });
  const seen = look.data;
  const others = seen === undefined ? '' : othersWords(seen.others);
  const differs = seen !== undefined && (seen.segmentCount > 0 || others !== '');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="look-back-title">
      <DialogTitle id="look-back-title" sx={{ overflowWrap: 'anywhere' }}>
        {seen === undefined ? t('Restore point') : said(seen.point.name)}
      </DialogTitle>
      {/* Tables that scroll give their height away where it is short, unless it is asked for. */}
      <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start', gridAutoRows: 'max-content' }}>
        {look.isError ? (
          <FailureNote error={look.error} onRetry={() => void look.refetch()} />
        ) : seen === undefined ? (
          <RowsSkeleton rows={5} height={28} label={t('Reading the history')} />
        ) : (
          <>
            <Typography variant="body2" color="textSecondary">
              {moment(seen.point.at)} · {pointDetails(seen.point)}
            </Typography>
            {differs ? (
              <>
                <Typography variant="body2">
                  {makersWords(seen.makers)} {others !== '' && t('Beside segments differ: {{others}}.', { others })}
                </Typography>
                {seen.classes.length > 0 && (
                  <DifferenceTable
                    label={t('By class')}
                    rows={seen.classes.map((row) => ({ ...row, id: row.classId }))}
                  />
                )}
                {seen.videos.length > 0 && (
                  <DifferenceTable
                    label={t('By video')}
                    rows={seen.videos.map((row) => ({ ...row, id: row.videoId }))}
                  />
                )}
                {seen.segmentCount > 0 && <SegmentsThen seen={seen} onShown={onClose} />}
                <Typography variant="body2" color="textSecondary">
                  {t(
                    'Going back is one edit: undo leads forth again, and nothing of the history goes. What nobody decided on may be scored anew by the model that is in use.',
                  )}
                </Typography>
              </>
            ) : (
              <Typography variant="body2">{t('Everything is as it was then.')}</Typography>
            )}
            {back.isError && <Alert severity="error">{failureOf(back.error).message}</Alert>}
          </>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose}>
          {t('Close')}
        </Button>
        <Button
          variant="contained"
          disabled={!differs}
          loading={back.isPending}
          onClick={() => seen && back.mutate(seen.lastEditId)}
        >
          {t('Go back to it')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
