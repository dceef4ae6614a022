import Box from '@mui/material/Box';
import Popover from '@mui/material/Popover';
import { useRef, type ReactNode } from 'react';
import type { StoreApi, UseBoundStore } from 'zustand';
import { CommandIcon } from '../../shared/CommandIcon.tsx';

const overWindow = { role: 'dialog', 'data-keys-pass': true } as const;

/**
 * A button of the transport, and the paper that its command opens over the window. The window keeps its keys: what plays is
 * seen while something is set.
 */
export function OverWindow(props: {
  readonly command: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  /** Whether the paper is there; the command sets it. */
  readonly useOpen: UseBoundStore<StoreApi<{ readonly open: boolean }>>;
  readonly label: string;
  readonly widthPx: number;
  readonly children: ReactNode;
}) {
  const { useOpen } = props;
  const open = useOpen((state) => state.open);
  const button = useRef<HTMLElement>(null);
  return (
    <>
      <CommandIcon
        command={props.command}
        hold={(element) => void (button.current = element)}
        {...(props.pressed !== undefined && { pressed: props.pressed })}
      >
        {props.icon}
      </CommandIcon>
      <Popover
        open={open}
        anchorEl={() => button.current}
        onClose={() => useOpen.setState({ open: false })}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { ...overWindow, 'aria-label': props.label } }}
      >
        <Box sx={{ width: props.widthPx, maxWidth: '100%', p: 2, display: 'grid', gap: 2 }}>{props.children}</Box>
      </Popover>
    </>
  );
}

/** Gives the focus to the paper around an element that is about to go, so that the next key is still the paper's. */
export const focusPaperOf = (element: Element): void => element.closest<HTMLElement>('[role=dialog]')?.focus();
