import type { ModelSwitch } from '#preload/contract/projects.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { switchWords } from './switch-words.ts';

/** Before another model is used: what stays, what is computed anew and for how long. */
export function SwitchModelDialog(props: {
  readonly model: string;
  readonly meaning: ModelSwitch;
  readonly onSwitch: () => void;
  readonly onClose: () => void;
}) {
  return (
    <ConfirmDialog
      open
      title={`Use ${props.model} in this project?`}
      text={switchWords(props.meaning)}
      confirmLabel="Use it"
      onConfirm={props.onSwitch}
      onClose={props.onClose}
    />
  );
}
