import Box from '@mui/material/Box';
import { useState, type KeyboardEvent, type ReactNode } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Buttons in a row that wraps: one stop of the Tab key, arrows go along. */
export function ToolStrip({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [active, setActive] = useState(0);
  const focusOn = (strip: HTMLElement, index: number): void => {
    const buttons = strip.querySelectorAll('button');
    const next = Math.min(Math.max(index, 0), buttons.length - 1);
    setActive(next);
    buttons[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focusOn(event.currentTarget, active + step);
  };
  return (
    <Box
      role="toolbar"
      aria-label={label}
      ref={(strip: HTMLElement | null) =>
        strip?.querySelectorAll('button').forEach((button, index) => (button.tabIndex = index === active ? 0 : -1))
      }
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget, target }) => {
        const buttons: Element[] = [...currentTarget.querySelectorAll('button')];
        const index = buttons.indexOf(target);
        if (index >= 0) setActive(index);
      }}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: '5px' }}
    >
      {children}
    </Box>
  );
}

/** A picture that is a button. */
export const tile = {
  all: 'unset',
  cursor: 'pointer',
  borderRadius: 0.75,
  '&:hover': { outline: '1px solid', outlineColor: 'text.secondary' },
  '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring' },
} as const;
