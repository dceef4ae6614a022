import ViewColumn from '@mui/icons-material/ViewColumnOutlined';
import Box from '@mui/material/Box';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useRef } from 'react';
import { mostViews } from '#preload/domain/scene.ts';
import { CommandIcon } from '../../../shared/CommandIcon.tsx';
import { useStudio } from '../../../shared/studio-state.ts';
import { overWindow } from '../over-window.ts';
import { AddView } from './AddView.tsx';
import { useViewsBeside } from './scenes.ts';
import { useViewsDialog } from './views-dialog.ts';
import { ViewRow } from './ViewRow.tsx';

/** The further views of the scene: a button, and what it opens. */
export function ViewsButton() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const views = useViewsBeside(videoId);
  const open = useViewsDialog((state) => state.open);
  const button = useRef<HTMLElement>(null);
  return (
    <>
      <CommandIcon
        command="views.arrange"
        pressed={views.length > 0}
        hold={(element) => void (button.current = element)}
      >
        <ViewColumn fontSize="small" />
      </CommandIcon>
      <Popover
        open={open}
        anchorEl={() => button.current}
        onClose={() => useViewsDialog.setState({ open: false })}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { ...overWindow, 'aria-label': 'Views of this scene' } }}
      >
        <Box sx={{ width: 460, maxWidth: '100%', p: 2, display: 'grid', gap: 1.5 }}>
          <Typography variant="h3" component="h2">
            Views of this scene
          </Typography>
          {views.length === 0 && (
            <Typography variant="body2" color="text.secondary">
              Other videos that filmed the same at once play beside this one. Labels stay those of the selected video.
            </Typography>
          )}
          {views.map((view) => (
            <ViewRow key={view.videoId} view={view} />
          ))}
          {views.length + 1 < mostViews && videoId !== null && (
            <AddView videoId={videoId} shownIds={views.map((view) => view.videoId)} />
          )}
        </Box>
      </Popover>
    </>
  );
}
