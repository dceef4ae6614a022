import Box from '@mui/material/Box';
import { keyframes, useTheme } from '@mui/material/styles';
import { addresses } from '#preload/contract/contract.ts';
import { stripPictures } from '#preload/domain/clip-strip.ts';
import type { Span } from '#preload/domain/span.ts';
import { usePictureTurn } from '../../shared/picture-turn.ts';

/** Shorter actions are slowed down, longer ones run through. */
const [shortestMs, longestMs] = [700, 2400];
const pictureWidth = 240;

const play = keyframes`
  from { transform: translateX(0) }
  to { transform: translateX(-${100 - 100 / stripPictures}%) }
`;

/**
 * A span as a small clip that plays round and round: a strip of its pictures, moved on by the compositor, so that it
 * costs neither a decoder nor a line of script while it runs. Where motion is to be reduced its middle stands still.
 * `aspect` is the video's width over its height. Decoration: the card says what it is.
 */
export function LoopingClip(props: { readonly videoId: number; readonly span: Span; readonly aspect: number }) {
  const { videoId, span, aspect } = props;
  const address = addresses.clipStrip(videoId, span, pictureWidth);
  const { still } = useTheme();
  const { mayLoad, onLoad, onError } = usePictureTurn(address);
  const roundMs = Math.min(Math.max((span.endUs - span.startUs) / 1000, shortestMs), longestMs);
  return (
    <Box
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
