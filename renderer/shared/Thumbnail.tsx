import Box from '@mui/material/Box';
import { addresses } from '#preload/contract/contract.ts';
import { usePictureTurn } from './picture-turn.ts';

/** The frame of a video at a time, small; fetched in turn with all other pictures. Decoration: the row says what it is. */
export function Thumbnail(props: {
  readonly videoId: number;
  readonly atUs: number;
  readonly width: number;
  readonly height: number;
  readonly fit: 'cover' | 'contain';
}) {
  const address = addresses.thumbnail(props.videoId, props.atUs, props.width * 2);
  const { mayLoad, onLoad, onError } = usePictureTurn(address);
  return (
    <Box
      sx={{
        width: props.width,
        height: props.height,
        flexShrink: 0,
        borderRadius: 0.75,
        overflow: 'hidden',
        bgcolor: 'surface.stage',
      }}
    >
      {mayLoad && (
        <img
          alt=""
          src={address}
          onLoad={onLoad}
          onError={onError}
          style={{ width: '100%', height: '100%', objectFit: props.fit, display: 'block' }}
        />
      )}
    </Box>
  );
}
