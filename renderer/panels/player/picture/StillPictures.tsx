import Typography from '@mui/material/Typography';
import { failureOf } from '../../../backend/failures.ts';
import { useEffect, useRef, useState } from 'react';
import { Stills } from '../../../backend/stills.ts';
import { shuttle } from '../../../playback/playback.ts';
import { StillPlayer } from '../../../playback/still-player.ts';
import type { PictureProps } from './Film.tsx';
import { useLookStyle } from './LookFilter.tsx';

/** Pictures are asked for in few widths, so that a panel that is dragged wider does not ask for all of them anew. */
const widthStep = 320;
const widestStill = 1280;

/** Exact pictures of the frames of a video that cannot be played yet, to step through and label. */
export function StillPictures({ video, table, take }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useLookStyle();
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    const screen = canvas.current;
    if (!screen || !table) return undefined;
    const wanted = Math.ceil((screen.clientWidth * devicePixelRatio) / widthStep) * widthStep;
    const stills = new Stills(video.id, table, Math.min(Math.max(wanted, widthStep), widestStill));
    const player = new StillPlayer<ImageBitmap>(table, {
      load: (frame, signal) => stills.load(frame, signal),
      expect: (frame) => stills.expect(frame),
      show: (picture) => {
        setFailure(picture instanceof Error ? failureOf(picture).message : null);
        paint(screen, picture instanceof Error ? null : picture);
      },
    });
    const letGo = take(table, player);
    return () => {
      letGo();
      player.dispose();
      stills.dropAhead();
    };
  }, [video.id, table, take]);

  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={video.name}
        onClick={() => shuttle.toggle()}
        style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', objectFit: 'contain', ...look }}
      />
      {failure !== null && (
        <Typography
          role="status"
          variant="body2"
          sx={{
            position: 'absolute',
            inset: 0,
            m: 'auto',
            height: 'fit-content',
            px: 3,
            textAlign: 'center',
            color: '#fff',
          }}
        >
          {failure}
        </Typography>
      )}
    </>
  );
}

/** Fills the canvas with a picture at the picture's own size, or empties it. */
function paint(canvas: HTMLCanvasElement, picture: ImageBitmap | null): void {
  if (picture && (canvas.width !== picture.width || canvas.height !== picture.height)) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  const painter = canvas.getContext('2d')!;
  painter.clearRect(0, 0, canvas.width, canvas.height);
  if (picture) painter.drawImage(picture, 0, 0);
  picture?.close();
}
