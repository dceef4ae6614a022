import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { failureOf } from '../backend/failures.ts';

/** A dialog that asks for something and then does it, by its button or Enter; why it could not stands above the buttons. */
export function FormDialog(props: {
  readonly title: string;
  readonly maxWidth: 'xs' | 'sm';
  /** What its button says. */
  readonly verb: string;
  readonly icon?: ReactNode;
  /** Where nothing need be typed: Enter does it at once. */
  readonly isVerbInFocus?: boolean;
  /** Whether what was filled in is enough to do it. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** Beside the buttons: what would be done. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <Dialog open onClose={props.onClose} fullWidth maxWidth={props.maxWidth} aria-labelledby={titleId}>
      <Box
        component="form"
        sx={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (props.isReady) props.onSubmit();
        }}
      >
        <DialogTitle id={titleId}>{props.title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>{props.children}</DialogContent>
        {props.error && (
          <Alert severity="error" sx={{ mx: 3, mb: 1.5, flexShrink: 0 }}>
            {failureOf(props.error).message}
          </Alert>
        )}
        <DialogActions sx={{ px: 3, pb: 2 }}>
          {props.aside}
          <Button color="inherit" onClick={props.onClose}>
            {t('Cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            autoFocus={props.isVerbInFocus ?? false}
            disabled={!props.isReady}
            loading={props.isBusy}
            startIcon={props.icon}
          >
            {props.verb}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
