import Button from '@mui/material/Button';
import { runCommand, useCommandKeys } from '../../shared/commands.ts';
import { ariaKeys } from '../../ui/key-caps.ts';
import { KeyCaps } from '../../ui/KeyCaps.tsx';

/** A command as a button with its key below. */
export function Verb(props: { readonly command: string; readonly label: string; readonly main?: boolean }) {
  const keys = useCommandKeys(props.command);
  return (
    <Button
      variant={props.main === true ? 'contained' : 'outlined'}
      color={props.main === true ? 'primary' : 'inherit'}
      aria-keyshortcuts={ariaKeys(keys)}
      onClick={() => runCommand(props.command)}
      sx={{
        minWidth: 'min-content',
        px: 0.25,
        py: 0.25,
        gap: 0.25,
        flexDirection: 'column',
        lineHeight: 1.2,
        fontSize: 12,
        ...(props.main !== true && { borderColor: 'divider' }),
      }}
    >
      <span>{props.label}</span>
      {keys[0] !== undefined && <KeyCaps keys={keys[0]} />}
    </Button>
  );
}
