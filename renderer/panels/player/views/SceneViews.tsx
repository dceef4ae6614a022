import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { chosenOf, useChosenView, useViewsBeside } from './scenes.ts';
import { FurtherView } from './FurtherView.tsx';

/** The selected video's picture (`children`), with the other views of its scene beside it. */
export function SceneViews({ videoId, children }: { readonly videoId: number; readonly children: ReactNode }) {
  const views = useViewsBeside(videoId);
  const chosenId = useChosenView((state) => state.videoId);
  const chosen = chosenOf(views, chosenId);
  return (
    <Box
      sx={{
        flex: 1,
        minWidth: 0,
        minHeight: 0,
        display: 'grid',
        gap: '2px',
        // One other is as large as the first; more of them stand in a column beside it.
        gridTemplateColumns: views.length === 0 ? '1fr' : views.length === 1 ? '1fr 1fr' : '2fr 1fr',
        gridTemplateRows: `repeat(${Math.max(1, views.length)}, minmax(0, 1fr))`,
        '& > :first-of-type': { gridRow: '1 / -1' },
      }}
    >
      {children}
      {views.map((view) => (
        <FurtherView key={view.videoId} view={view} isChosen={view === chosen} />
      ))}
    </Box>
  );
}
