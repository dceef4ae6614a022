import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { api, queries } from '../backend/client.ts';
import { componentWords } from '../language/choose-language.ts';
import { viewTexts } from '../shared/view-storage.ts';
import { studioTheme } from '../shared/theme.ts';

/** Everything that the whole tree stands in: the backend's answers and the theme that the settings ask for. */
export function StudioProviders({ children }: { readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={queries}>
      <StudioTheme>{children}</StudioTheme>
    </QueryClientProvider>
  );
}

const rememberedTheme = 'cuepoint.theme';

function StudioTheme({ children }: { readonly children: ReactNode }) {
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const systemIsLight = useMediaQuery('(prefers-color-scheme: light)');
  // Remembered only so that the window does not flash dark before the settings arrive.
  const wanted = settings?.theme ?? viewTexts.getItem(rememberedTheme) ?? 'dark';
  const mode = wanted === 'light' || (wanted === 'system' && systemIsLight) ? 'light' : 'dark';
  useEffect(() => {
    if (settings) viewTexts.setItem(rememberedTheme, settings.theme);
    document.documentElement.style.colorScheme = mode;
  }, [settings, mode]);
  const systemIsStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  // How large its pointers are a system tells no page, and draws its own as large; these tell of the same need.
  const systemIsLarge = useMediaQuery('(pointer: coarse), (prefers-contrast: more)');
  const compact = settings?.density === 'compact';
  const still = systemIsStill || settings?.motion === 'reduced';
  const large = systemIsLarge || settings?.pointers === 'large';
  const theme = useMemo(
    () => studioTheme(mode, { compact, still, large }, ...componentWords()),
    [mode, compact, still, large],
  );
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline />
      {children}
    </ThemeProvider>
  );
}
