import Box from '@mui/material/Box';
import { useState, type DragEvent, type ReactNode } from 'react';
import { attempt, notify } from '../../shared/notices.ts';
import { addVideos } from './add-videos.ts';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes files and folders that are dropped anywhere on the window. A browser does not say where they are, and says so. */
export function DropVideos({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const host = globalThis.window.cuepointHost;
    if (host) attempt(host.placesOf([...event.dataTransfer.files]).then((places) => addVideos(places)));
    else
      notify('A browser does not tell where dropped files are. Use "Add videos", or paste their path there.', 'info');
  };
  return (
    <Box
      sx={{ height: '100%', position: 'relative' }}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={drop}
    >
      {children}
      {over && (
        <Box
          aria-hidden
          sx={{
            position: 'absolute',
            inset: 8,
            zIndex: 'tooltip',
            pointerEvents: 'none',
            display: 'grid',
            placeItems: 'center',
            fontSize: 20,
            fontWeight: 600,
            border: '2px dashed',
            borderColor: 'primary.main',
            borderRadius: 2,
            bgcolor: 'rgb(0 0 0 / 55%)',
            color: '#fff',
          }}
        >
          Drop to add to the project
        </Box>
      )}
    </Box>
  );
}
