import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';

/** Asks whether what was done in the tour stays. Enter and Escape keep it, and the way back stays in the history. */
export function AfterTourDialog({ pointId, onClose }: { readonly pointId: number; readonly onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby="after-tour-title">
      <DialogTitle id="after-tour-title">{t('Keep what you did in the tour?')}</DialogTitle>
      <DialogContent>
        <DialogContentText>
          {t(
            'The tour was taken in this project: what you decided, added and had proposed meanwhile is in it. The restore point “Before the guided tour” stays in the history either way.',
          )}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button
          onClick={() => {
            onClose();
            useStudio.getState().show({ lookedAtPoint: pointId });
          }}
        >
          {t('Look, and take it back')}
        </Button>
        <Button variant="contained" autoFocus onClick={onClose}>
          {t('Keep it')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
