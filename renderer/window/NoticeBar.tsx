import CloseIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { visuallyHidden } from '@mui/utils';
import { dismissNotice, useNotices } from '../shared/notices.ts';

/** The one notice at the foot of the window, over everything and moving nothing, and the quiet voice for screen readers. */
export function NoticeBar() {
  const { notice, announcement } = useNotices();
  return (
    <>
      <div role="status" aria-live="polite" style={visuallyHidden}>
        {announcement}
      </div>
      <Snackbar
        key={notice?.id}
        open={notice !== null}
        autoHideDuration={notice?.severity === 'error' ? 12_000 : readingMs(notice?.text ?? '')}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={(_, reason) => reason !== 'clickaway' && dismissNotice()}
        // Over the foot of the side panel rather than over the timeline, where the work is.
        sx={{ mb: 2, ml: { sm: 4 } }}
      >
        <Alert
          severity={notice?.severity ?? 'info'}
          variant="outlined"
          sx={{
            bgcolor: 'background.paper',
            boxShadow: 8,
            maxWidth: 420,
            alignItems: 'center',
            overflowWrap: 'anywhere',
          }}
          action={
            <>
              {notice?.action && (
                <Button
                  color="inherit"
                  sx={{ whiteSpace: 'nowrap' }}
                  onClick={() => {
                    notice.action?.run();
                    dismissNotice();
                  }}
                >
                  {notice.action.label}
                </Button>
              )}
              <IconButton aria-label="Dismiss" color="inherit" onClick={dismissNotice}>
                <CloseIcon fontSize="small" />
              </IconButton>
            </>
          }
        >
          {notice?.text}
        </Alert>
      </Snackbar>
    </>
  );
}

/** Time to read a text calmly, and never less than five seconds. */
const readingMs = (text: string): number => Math.max(5_000, 80 * text.length);
