import Box from '@mui/material/Box';
import { useCallback, useEffect, useState } from 'react';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Video } from '#preload/domain/video.ts';
import { shuttle, useShuttle } from '../../playback/playback.ts';
import { FrameReadout } from './FrameReadout.tsx';
import { LabelsOnNow } from './LabelsOnNow.tsx';
import { ProxyProgress } from './ProxyProgress.tsx';
import { usePlayedParts } from './played/use-played-parts.ts';
import { Film, type TakeMedia } from './picture/Film.tsx';
import { mainZoom, wholePicture } from './picture/picture-zoom.ts';
import { PictureNotes } from './picture/PictureNotes.tsx';
import { StillPictures } from './picture/StillPictures.tsx';
import { ZoomedPicture } from './picture/ZoomedPicture.tsx';
import { SceneViews } from './views/SceneViews.tsx';

/** The selected video's picture, which the shuttle plays, with what is written over it. */
export function Stage({ video, table }: { readonly video: Video; readonly table: FrameTable | null }) {
  const stills = useStills(video);
  const take = useCallback<TakeMedia>((times, media) => shuttle.attach(video.id, times, media), [video.id]);
  usePlayedParts(video.id, table);
  // Another picture is looked at as a whole first.
  useEffect(() => () => mainZoom.setState(wholePicture), [video.id]);
  return (
    <Box sx={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
      <SceneViews videoId={video.id}>
        <Box sx={{ position: 'relative', minWidth: 0, minHeight: 0, overflow: 'hidden' }}>
          <ZoomedPicture zoom={mainZoom}>
            {stills ? (
              <StillPictures video={video} table={table} take={take} />
            ) : (
              <Film video={video} table={table} take={take} />
            )}
          </ZoomedPicture>
          <FrameReadout />
          <PictureNotes />
          <LabelsOnNow videoId={video.id} />
        </Box>
      </SceneViews>
      {stills && <ProxyProgress video={video} />}
    </Box>
  );
}

/** Whether stills stand in for the video: until its playable copy is there and nothing is on the move any more. */
function useStills(video: Video): boolean {
  const isPending = video.playback === 'proxy-pending';
  const isMoving = useShuttle((state) => state.rate !== 0);
  const [stills, setStills] = useState(isPending);
  const now = isPending || (stills && isMoving);
  if (now !== stills) setStills(now);
  return now;
}
