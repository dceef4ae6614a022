import BrokenImageOutlined from '@mui/icons-material/BrokenImageOutlined';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { addresses } from '#preload/contract/contract.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../../language/language.ts';
import type { PlayerMedia } from '../../../playback/frame-seeker.ts';
import { shuttle } from '../../../playback/playback.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { OnStage } from '../OnStage.tsx';
import { useLookStyle } from './LookFilter.tsx';

/** Takes over what shows a picture, as soon as its frame times are known; answers how to let go of it. Stays the same. */
export type TakeMedia = (table: FrameTable, media: PlayerMedia) => () => void;

export interface PictureProps {
  readonly video: Video;
  /** Null while its frame times are not known. */
  readonly table: FrameTable | null;
  readonly take: TakeMedia;
}

/** A video's own film, in a `<video>`; or why it cannot be played. */
export function Film({ video, table, take }: PictureProps) {
  const media = useRef<HTMLVideoElement>(null);
  const look = useLookStyle();
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    if (!media.current || !table || failure !== null) return undefined;
    return take(table, media.current);
  }, [take, table, failure]);

  if (failure !== null) {
    return (
      <OnStage>
        <EmptyState
          icon={<BrokenImageOutlined />}
          title={t('This video cannot be played')}
          action={
            <Button variant="outlined" onClick={() => setFailure(null)}>
              {t('Try again')}
            </Button>
          }
        >
          {failure}
        </EmptyState>
      </OnStage>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- recordings to be labelled carry no captions
    <video
      ref={media}
      src={addresses.media(video.id)}
      aria-label={video.name}
      preload="auto"
      playsInline
      disablePictureInPicture
      onClick={() => shuttle.toggle()}
      onLoadedMetadata={(event) => {
        // A picture in a format it does not know, beside sound that it does.
        if (event.currentTarget.videoWidth === 0) setFailure(unknownFormat);
      }}
      onError={(event) => setFailure(errorWords(event.currentTarget.error))}
      style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', objectFit: 'contain', ...look }}
    />
  );
}

const unknownFormat = t('The player does not know this format. Proposals and export still work.');

function errorWords(error: MediaError | null): string {
  switch (error?.code) {
    case MediaError.MEDIA_ERR_NETWORK:
      return t('Reading the file stopped halfway. Check that its disk is still connected.');
    case MediaError.MEDIA_ERR_DECODE:
      return t(
        'The file is damaged at this place, or made in a way the player does not know. Proposals and export still work.',
      );
    default:
      return unknownFormat;
  }
}
