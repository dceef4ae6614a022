import Box from '@mui/material/Box';
import { useEffect, useRef, useState } from 'react';
import { addresses } from '#preload/contract/contract.ts';
import { pictureSlot } from '../backend/picture-slots.ts';

/** Rows that are only scrolled past ask for nothing. */
const lingerMs = 60;
/** A picture that did not come (the file is busy, the connection was lost) is asked for again, each time later. */
const retryMs = [4_000, 12_000, 40_000];

/** The frame of a video at a time, small; fetched in turn with all other pictures. Decoration: the row says what it is. */
export function Thumbnail(props: {
  readonly videoId: number;
  readonly atUs: number;
  readonly width: number;
  readonly height: number;
  readonly fit: 'cover' | 'contain';
}) {
  const address = addresses.thumbnail(props.videoId, props.atUs, props.width * 2);
  // Which try of which picture may load now; null while it waits for its turn.
  const [granted, setGranted] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const release = useRef<(() => void) | null>(null);
  const wanted = `${tries} ${address}`;
  useEffect(() => {
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const giveBack = await pictureSlot(controller.signal);
        if (controller.signal.aborted) giveBack();
        else {
          release.current = giveBack;
          setGranted(wanted);
        }
      } catch {
        // Scrolled away before its turn came.
      }
    };
    const timer = setTimeout(() => void ask(), tries === 0 ? lingerMs : retryMs[tries - 1]);
    return () => {
      clearTimeout(timer);
      controller.abort();
      release.current?.();
    };
  }, [wanted, tries]);
  const over = (): void => release.current?.();
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
      {granted === wanted && (
        <img
          alt=""
          src={address}
          onLoad={over}
          onError={() => {
            over();
            setGranted(null);
            if (tries < retryMs.length) setTries(tries + 1);
          }}
          style={{ width: '100%', height: '100%', objectFit: props.fit, display: 'block' }}
        />
      )}
    </Box>
  );
}
