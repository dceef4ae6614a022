import TuneIcon from '@mui/icons-material/Tune';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { t } from '../../language/language.ts';
import { JumpFields } from './JumpFields.tsx';
import { OverWindow } from './OverWindow.tsx';
import { usePlayerSettings } from './player-settings.ts';
import { LookSliders } from './picture/LookSliders.tsx';

/** How the picture looks on this screen, and how far keys and loops go: a button, and what it opens. */
export const PlayerSettings = () => (
  <OverWindow
    command="picture.settings"
    icon={<TuneIcon fontSize="small" />}
    useOpen={usePlayerSettings}
    label={t('Picture, jumps and loops')}
    widthPx={360}
  >
    <Section title={t('Picture')}>
      <LookSliders />
    </Section>
    <Section title={t('Jumps and loops')}>
      <JumpFields />
    </Section>
  </OverWindow>
);

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Box component="section" aria-label={title}>
    <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
      {title}
    </Typography>
    {children}
  </Box>
);
