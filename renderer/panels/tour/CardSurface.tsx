import Paper from '@mui/material/Paper';
import { useEffect, useRef, type ReactNode } from 'react';
import { tourCardId } from './tour-commands.ts';

/**
 * The paper of the tour: a dialog that blocks nothing. It takes the focus when the tour begins, so that it is read out,
 * and gives it back to where it was when the tour ends.
 */
export function CardSurface(props: {
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly children: ReactNode;
}) {
  const paper = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const card = paper.current;
    card?.focus({ preventScroll: true });
    return () => {
      const isHere = card?.contains(document.activeElement) === true || document.activeElement === document.body;
      if (isHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <Paper
      ref={paper}
      id={tourCardId}
      role="dialog"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      tabIndex={-1}
      // A region of the window like its panels: F6 comes by, and a click leaves the focus here, not on a button.
      data-command-scope="tour"
      elevation={12}
      sx={{
        position: 'relative',
        width: 348,
        maxWidth: 'calc(100vw - 16px)',
        p: 2,
        pb: 1.25,
        border: 1,
        borderColor: 'primary.main',
        '& .arrow': { position: 'absolute', width: 8, height: 8 },
        '& .arrow::before': {
          content: '""',
          display: 'block',
          width: '100%',
          height: '100%',
          transform: 'rotate(45deg)',
          bgcolor: 'primary.main',
        },
      }}
    >
      {props.children}
    </Paper>
  );
}
