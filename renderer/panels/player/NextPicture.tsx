import { keyframes } from '@emotion/react';
import Box from '@mui/material/Box';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addresses } from '#preload/contract/contract.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { pictureSlot } from '../../backend/picture-slots.ts';
import { usePlayhead } from '../../playback/playback.ts';
import { neighbourInQueue, useReviewQueue } from '../../shared/review-queue.ts';

/** As wide as a player is on most screens; smaller videos come as they are. */
const widthPx = 1280;
/** A player that has not come by then has something of its own to say. */
const longestMs = 1_500;

const away = keyframes({ to: { visibility: 'hidden' } });

/**
 * The first picture of the segment in review and of the one that comes after it, fetched ahead: where a decision brings
 * up the next, its picture is there at once, and the player takes its place as soon as it has found the frame.
 */
export function NextPicture() {
  const focused = useReviewQueue(({ list, focusId }) => (focusId === null ? undefined : list.open.get(focusId)));
  const next = useReviewQueue(({ list, focusId }) =>
    focusId === null ? undefined : neighbourInQueue(list, focusId, 1),
  );
  // No more than two: what is reviewed was the next one before, and its picture is kept for as long.
  const wanted = useMemo(
    () => [...new Map([focused, next].flatMap((each) => (each ? [[each.id, each] as const] : []))).values()],
    [focused, next],
  );
  return wanted.map((segment) => (
    <FirstPicture key={`${segment.id} ${segment.startUs}`} of={segment} inFocus={segment === focused} />
  ));
}

function FirstPicture({ of, inFocus }: { readonly of: Segment; readonly inFocus: boolean }) {
  const { videoId, startUs } = of;
  const [granted, setGranted] = useState(false);
  const [ready, setReady] = useState(false);
  const release = useRef<(() => void) | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    pictureSlot(controller.signal).then(
      (giveBack) => {
        release.current = giveBack;
        setGranted(true);
      },
      // Decided on before its turn came.
      () => undefined,
    );
    return () => {
      controller.abort();
      release.current?.();
    };
  }, []);
  // The player is on its way to this very frame: of this video, or of one that it has yet to open.
  const onTheWay = usePlayhead(
    (playhead) =>
      inFocus &&
      !playhead.settled &&
      (playhead.videoId !== videoId || playhead.table?.frameAt(startUs) === playhead.frame),
  );
  const over = (): void => release.current?.();
  const seen = onTheWay && ready;
  return (
    <Box
      aria-hidden
      data-next-picture={of.id}
      data-ready={ready}
      sx={{
        position: 'absolute',
        inset: 0,
        pointerEvents: 'none',
        bgcolor: 'surface.stage',
        visibility: seen ? 'visible' : 'hidden',
        animation: seen ? `${away} 0s linear ${longestMs}ms forwards` : 'none',
      }}
    >
      {granted && (
        <img
          alt=""
          src={addresses.thumbnail(videoId, startUs, widthPx)}
          onLoad={({ currentTarget }) => {
            over();
            // Decoded ahead as well, so that showing it is nothing but showing it.
            currentTarget.decode().then(
              () => setReady(true),
              () => undefined,
            );
          }}
          onError={over}
          style={{ width: '100%', height: '100%', objectFit: 'contain', display: 'block' }}
        />
      )}
    </Box>
  );
}
