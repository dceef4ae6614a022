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
    title={`Use ${props.version.spoken} all the same?`}
    text={`${props.version.doubt ?? ''} You can go back at any time; what people decided never changes.`}
    confirmLabel={`Use ${props.version.spoken}`}
    onConfirm={props.onUse}
    onClose={props.onClose}
  />
);
