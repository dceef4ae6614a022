import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '../language/language.ts';

/** Asks before something large. The button says what will happen; Escape and Cancel leave everything as it is. */
export function ConfirmDialog(props: {
  readonly open: boolean;
  readonly title: string;
  /** A sentence, or several with room between them. */
  readonly text: string | readonly string[];
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={props.open} onClose={props.onClose} maxWidth="xs">
      <DialogTitle>{props.title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1 }}>
        {[props.text].flat().map((sentence) => (
          <DialogContentText key={sentence}>{sentence}</DialogContentText>
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('Cancel')}</Button>
        <Button
          variant="contained"
          autoFocus
          onClick={() => {
            props.onClose();
            props.onConfirm();
          }}
        >
          {props.confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
