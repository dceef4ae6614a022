import Box from '@mui/material/Box';
import { keyframes, useTheme } from '@mui/material/styles';
import { addresses } from '#preload/contract/contract.ts';
import { stripPictures } from '#preload/domain/clip-strip.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Video } from '#preload/domain/video.ts';
import { usePictureTurn } from './picture-turn.ts';

/** Shorter actions are slowed down, longer ones run through. */
const [shortestMs, longestMs] = [700, 2400];

const play = keyframes`
  from { transform: translateX(0) }
  to { transform: translateX(-${100 - 100 / stripPictures}%) }
`;

/**
 * A span as a small clip that plays round and round: a strip of its pictures, moved on by the compositor, so that it
 * costs neither a decoder nor a line of script while it runs. Where motion is to be reduced its middle stands still.
 */
export function LoopingClip(props: {
  readonly span: Span & { readonly videoId: number };
  /** For the shape of its pictures; undefined while unknown. */
  readonly video: Video | undefined;
  /** Pixels of one picture, at most. */
  readonly pictureWidth?: number;
  /** What it is, where nothing beside it says so. */
  readonly label?: string;
}) {
  const { span, pictureWidth = 240, label } = props;
  const { width = 16, height = 9 } = props.video?.facts ?? {};
  const aspect = width / height;
  const address = addresses.clipStrip(span.videoId, span, pictureWidth);
  const { still } = useTheme();
  const { mayLoad, onLoad, onError } = usePictureTurn(address);
  const roundMs = Math.min(Math.max((span.endUs - span.startUs) / 1000, shortestMs), longestMs);
  return (
    <Box
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      sx={{
        aspectRatio: '16 / 9',
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        bgcolor: 'surface.stage',
        overflow: 'hidden',
      }}
    >
      <Box
        style={{ aspectRatio: aspect }}
        sx={{ overflow: 'hidden', ...(aspect > 16 / 9 ? { width: '100%' } : { height: '100%' }) }}
      >
        {mayLoad && (
          <Box
            component="img"
            alt=""
            draggable={false}
            src={address}
            onLoad={onLoad}
            onError={onError}
            style={{ animationDuration: `${roundMs}ms` }}
            sx={{
              display: 'block',
              width: `${100 * stripPictures}%`,
              height: '100%',
              ...(still
                ? { transform: `translateX(-${(100 / stripPictures) * Math.floor(stripPictures / 2)}%)` }
                : { animation: `${play} steps(${stripPictures}, jump-none) infinite` }),
            }}
          />
        )}
      </Box>
    </Box>
  );
}
