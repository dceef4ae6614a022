import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { attempt, notify } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';

/** What the program said of late, as a page to send with a question. */
export function LogDialog({ onClose }: { readonly onClose: () => void }) {
  const [withNames, setWithNames] = useState(false);
  const report = useQuery({ ...api.studio.bugReport.queryOptions({ input: { withNames } }), staleTime: 0 });
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notify(t('Copied. Nothing was sent anywhere.'), 'success');
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="log-title">
      <DialogTitle id="log-title">{t('Log and bug report')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1 }}>
        <DialogContentText>
          {t('This stays on your machine until you send it yourself. Read it before you do.')}
        </DialogContentText>
        <Box
          tabIndex={0}
          role="region"
          aria-label={t('Bug report')}
          sx={{
            m: 0,
            p: 1.5,
            height: 420,
            overflow: 'auto',
            whiteSpace: 'pre',
            fontFamily: 'monospace',
            fontSize: 12,
            bgcolor: 'surface.base',
            borderRadius: 1,
          }}
        >
          {report.isError ? (
            <FailureNote error={report.error} onRetry={() => void report.refetch()} />
          ) : (
            (report.data?.text ?? <RowsSkeleton rows={6} height={18} label={t('Reading the log')} />)
          )}
        </Box>
        <FormControlLabel
          control={<Checkbox checked={withNames} onChange={(_, checked) => setWithNames(checked)} />}
          label={t('With paths and names of files, classes and people')}
        />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button onClick={onClose}>{t('Close')}</Button>
        <Button
          variant="contained"
          startIcon={<ContentCopyOutlined />}
          disabled={report.data === undefined}
          onClick={() => attempt(copy(report.data!.text))}
        >
          {t('Copy for a bug report')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
