import type { ModelSwitch } from '#preload/contract/projects.ts';
import { t } from '../../language/language.ts';
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
      title={t('Use {{model}} in this project?', { model: props.model })}
      text={switchWords(props.meaning)}
      confirmLabel={t('Use it')}
      onConfirm={props.onSwitch}
      onClose={props.onClose}
    />
  );
}
