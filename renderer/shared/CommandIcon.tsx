import type { ReactNode, RefCallback } from 'react';
import { IconAction } from '../ui/IconAction.tsx';
import { runCommand, useCommands } from './commands.ts';
import { useStudio } from './studio-state.ts';

/** A command of the registry as an icon, with its label, key and whether it can run now. */
export function CommandIcon(props: {
  readonly command: string;
  readonly children: ReactNode;
  readonly placement?: 'top' | 'right' | 'bottom' | 'left';
  readonly pressed?: boolean;
  /** What says beside the view state whether it can run: whenever this is another, the command is asked again. */
  readonly dependsOn?: unknown;
  /** Where a click means something else than the key. */
  readonly onClick?: () => void;
  /** Is handed the button while it is there. */
  readonly hold?: RefCallback<HTMLElement>;
}) {
  const command = useCommands().find((each) => each.id === props.command);
  const enabled = useStudio((studio) => command?.enabled?.(studio) !== false);
  if (!command) return null;
  return (
    <IconAction
      label={command.label}
      keys={command.keys}
      disabled={!enabled}
      onClick={props.onClick ?? (() => runCommand(command.id))}
      {...(props.hold && { hold: props.hold })}
      {...(props.placement && { placement: props.placement })}
      {...(props.pressed !== undefined && { pressed: props.pressed })}
    >
      {props.children}
    </IconAction>
  );
}
