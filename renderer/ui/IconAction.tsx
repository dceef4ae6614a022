import Box from '@mui/material/Box';
import IconButton, { type IconButtonProps } from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { MouseEvent, ReactNode, RefCallback } from 'react';
import { ariaKeys } from './key-caps.ts';
import { KeyCaps } from './KeyCaps.tsx';

/** An icon that does something: its name is spoken, shown on hover with its key, and never left out. */
export function IconAction(props: {
  readonly label: string;
  readonly children: ReactNode;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  readonly keys?: readonly string[];
  readonly disabled?: boolean;
  /** Given for a toggle. */
  readonly pressed?: boolean;
  readonly placement?: 'top' | 'right' | 'bottom' | 'left';
  readonly color?: IconButtonProps['color'];
  readonly edge?: IconButtonProps['edge'];
  /** Is handed the button while it is there. */
  readonly hold?: RefCallback<HTMLElement>;
}) {
  const { label, keys = [], pressed } = props;
  return (
    <Tooltip
      placement={props.placement ?? 'bottom'}
      title={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
          {label}
          {keys[0] !== undefined && <KeyCaps keys={keys[0]} />}
        </Box>
      }
    >
      {/* A disabled button fires no events, so the tooltip listens on what holds it. */}
      <span>
        <IconButton
          ref={props.hold ?? null}
          aria-label={label}
          aria-keyshortcuts={keys.length > 0 ? ariaKeys(keys) : undefined}
          aria-pressed={pressed}
          disabled={props.disabled ?? false}
          edge={props.edge ?? false}
          color={pressed === true ? 'primary' : (props.color ?? 'default')}
          onClick={props.onClick}
          sx={{ borderRadius: 1.5, ...(pressed === true && { bgcolor: 'action.selected' }) }}
        >
          {props.children}
        </IconButton>
      </span>
    </Tooltip>
  );
}
