import CloseIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { visuallyHidden } from '@mui/utils';
import { t } from '../language/language.ts';
import { dismissNotice, useNotices } from '../shared/notices.ts';

/**
 * The one notice, in the strip at the top of the window: over no panel, so over no work, and moving nothing. And the quiet
 * voice for screen readers.
 */
export function NoticeBar() {
  const { notice, announcements } = useNotices();
  return (
    <>
      <div role="log" aria-live="polite" style={visuallyHidden}>
        {announcements.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
      <Snackbar
        key={notice?.id}
        open={notice !== null}
        autoHideDuration={notice?.severity === 'error' ? 12_000 : readingMs(notice?.text ?? '')}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
        onClose={(_, reason) => reason !== 'clickaway' && dismissNotice()}
        // Between the project's name and the buttons at the right.
        sx={{ '&&': { top: 3 }, maxWidth: 'max(300px, min(680px, 100vw - 600px))' }}
      >
        <Alert
          severity={notice?.severity ?? 'info'}
          variant="outlined"
          sx={{
            bgcolor: 'background.paper',
            boxShadow: 8,
            alignItems: 'center',
            overflowWrap: 'anywhere',
            py: 0,
            minHeight: 38,
            lineHeight: 1.3,
            '& .MuiAlert-message, & .MuiAlert-icon': { py: 0.25 },
            '& .MuiAlert-action': { py: 0, alignItems: 'center' },
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
              <IconButton aria-label={t('Dismiss')} color="inherit" onClick={dismissNotice}>
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
