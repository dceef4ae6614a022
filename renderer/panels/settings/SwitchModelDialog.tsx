import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import type { ModelSwitch } from '#preload/contract/projects.ts';
import { switchWords } from './switch-words.ts';

/** Before another model is used: what stays, what is computed anew and for how long. */
export function SwitchModelDialog(props: {
  readonly model: string;
  readonly meaning: ModelSwitch;
  readonly onSwitch: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open onClose={props.onClose} maxWidth="xs" aria-labelledby="switch-model-title">
      <DialogTitle id="switch-model-title">Use {props.model} in this project?</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1 }}>
        {switchWords(props.meaning).map((sentence) => (
          <DialogContentText key={sentence}>{sentence}</DialogContentText>
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Cancel</Button>
        <Button
          variant="contained"
          autoFocus
          onClick={() => {
            props.onClose();
            props.onSwitch();
          }}
        >
          Use it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
