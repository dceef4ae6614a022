import TuneIcon from '@mui/icons-material/Tune';
import Box from '@mui/material/Box';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useRef, type ReactNode } from 'react';
import { CommandIcon } from '../../shared/CommandIcon.tsx';
import { overWindow } from './over-window.ts';
import { JumpFields } from './JumpFields.tsx';
import { usePlayerSettings } from './player-settings.ts';
import { LookSliders } from './picture/LookSliders.tsx';

/** How the picture looks on this screen, and how far keys and loops go: a button, and what it opens. */
export function PlayerSettings() {
  const open = usePlayerSettings((state) => state.open);
  const button = useRef<HTMLElement>(null);
  return (
    <>
      <CommandIcon command="picture.settings" hold={(element) => void (button.current = element)}>
        <TuneIcon fontSize="small" />
      </CommandIcon>
      <Popover
        open={open}
        anchorEl={() => button.current}
        onClose={() => usePlayerSettings.setState({ open: false })}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { ...overWindow, 'aria-label': 'Picture, jumps and loops' } }}
      >
        <Box sx={{ width: 360, maxWidth: '100%', p: 2, display: 'grid', gap: 2 }}>
          <Section title="Picture">
            <LookSliders />
          </Section>
          <Section title="Jumps and loops">
            <JumpFields />
          </Section>
        </Box>
      </Popover>
    </>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Box component="section" aria-label={title}>
    <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
      {title}
    </Typography>
    {children}
  </Box>
);
