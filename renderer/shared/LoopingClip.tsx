import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import { addresses } from '#preload/contract/contract.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import { Thumbnail } from './Thumbnail.tsx';

/** A stretch of a video, playing again and again without sound; a still of it where it cannot play or nothing is to move. */
export function LoopingClip(props: {
  readonly videoId: number;
  readonly span: Span;
  readonly label: string;
  readonly width: number;
  readonly height: number;
}) {
  const { videoId, span, width, height } = props;
  const [failed, setFailed] = useState(false);
  const { still } = useTheme();
  const video = useRef<HTMLVideoElement>(null);
  const [startS, endS] = [secondsOf(span.startUs), secondsOf(span.endUs)];
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    const begin = (): void => {
      element.currentTime = startS;
      if (!still) void element.play().catch(() => undefined);
    };
    const turn = (): void => {
      if (element.currentTime >= endS || element.currentTime < startS - 0.5) element.currentTime = startS;
    };
    element.addEventListener('loadedmetadata', begin);
    element.addEventListener('timeupdate', turn);
    element.addEventListener('ended', begin);
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
    return () => {
      element.removeEventListener('loadedmetadata', begin);
      element.removeEventListener('timeupdate', turn);
      element.removeEventListener('ended', begin);
      element.pause();
    };
  }, [videoId, startS, endS, still]);
  return (
    <Box
      role="img"
      aria-label={props.label}
      sx={{ width, height, borderRadius: 1, overflow: 'hidden', bgcolor: 'surface.stage', flexShrink: 0 }}
    >
      {failed ? (
        <Thumbnail
          videoId={videoId}
          atUs={Math.round((span.startUs + span.endUs) / 2)}
          width={width}
          height={height}
          fit="contain"
        />
      ) : (
        <video
          ref={video}
          src={addresses.media(videoId)}
          muted
          playsInline
          disablePictureInPicture
          preload="metadata"
          onError={() => setFailed(true)}
          style={{ width: '100%', height: '100%', objectFit: 'contain', display: 'block' }}
        />
      )}
    </Box>
  );
}
