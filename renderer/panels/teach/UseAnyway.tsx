import { t } from '../../language/language.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import type { ListedVersion } from './listed-version.ts';

/** Asks before a version is used that did no better. */
export const UseAnyway = (props: {
  readonly open: boolean;
  readonly version: ListedVersion;
  readonly onUse: () => void;
  readonly onClose: () => void;
}) => (
  <ConfirmDialog
    open={props.open}
    title={t('Use {{spoken}} all the same?', { spoken: props.version.spoken })}
    text={t('{{doubt}} You can go back at any time; what people decided never changes.', {
      doubt: props.version.doubt ?? '',
    })}
    confirmLabel={t('Use {{spoken}}', { spoken: props.version.spoken })}
    onConfirm={props.onUse}
    onClose={props.onClose}
  />
);
