import Box from '@mui/material/Box';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ZoomStore } from './picture-zoom.ts';
import { zoomByGestures } from './zoom-gestures.ts';

/** Fills its place with a picture that can be looked at closely; what is written over it comes after it, and stays. */
export function ZoomedPicture({ zoom, children }: { readonly zoom: ZoomStore; readonly children: ReactNode }) {
  const stage = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => zoomByGestures(stage.current!, layer.current!, zoom), [zoom]);
  return (
    <Box ref={stage} data-testid="zoomed-picture" sx={{ position: 'absolute', inset: 0, overflow: 'hidden' }}>
      <Box ref={layer} sx={{ position: 'absolute', inset: 0, display: 'flex', transformOrigin: '0 0' }}>
        {children}
      </Box>
    </Box>
  );
}
