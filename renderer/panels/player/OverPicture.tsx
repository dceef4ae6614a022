import Box from '@mui/material/Box';
import { useEffect, useState, type ReactNode } from 'react';
import { useShuttle } from '../../playback/playback.ts';

/** How long after the mouse has come to rest the controls go, milliseconds. */
const restMs = 2500;

/** Controls over the lower edge of a picture: out of sight while it plays and neither mouse nor focus is at them. */
export function OverPicture({ children }: { readonly children: ReactNode }) {
  const playing = useShuttle((state) => state.rate !== 0);
  const resting = useMouseRests();
  return (
    <Box
      sx={{
        position: 'absolute',
        inset: 'auto 0 0 0',
        bgcolor: 'surface.panel',
        opacity: playing && resting ? 0 : 0.94,
        transition: 'opacity 200ms',
        '&:focus-within, &:hover': { opacity: 0.94 },
      }}
    >
      {children}
    </Box>
  );
}

function useMouseRests(): boolean {
  const [resting, setResting] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onMove = (): void => {
      setResting(false);
      clearTimeout(timer);
      timer = setTimeout(() => setResting(true), restMs);
    };
    globalThis.addEventListener('pointermove', onMove);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('pointermove', onMove);
    };
  }, []);
  return resting;
}
