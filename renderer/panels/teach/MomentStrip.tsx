import Box from '@mui/material/Box';
import { useState } from 'react';
import type { LearnedMoment } from '#preload/domain/judgement.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { ToolStrip, tile } from '../../ui/ToolStrip.tsx';
import { formatShortTime } from '../../ui/timecode.ts';

const kindWords: Record<LearnedMoment['kind'], string> = {
  won: 'found now',
  quiet: 'no false alarm any more',
  lost: 'not found any more',
  missed: 'not found',
  'false alarm': 'false alarm',
};

/** Moments of a kind as small pictures; pressing one plays it round and round. */
export function MomentStrip(props: {
  readonly name: string;
  readonly className: string;
  readonly moments: readonly LearnedMoment[];
}) {
  const { data: videos = [] } = useVideos();
  const [shown, setShown] = useState<LearnedMoment | null>(null);
  if (props.moments.length === 0) return null;
  return (
    <div>
      <Box sx={{ fontSize: 12, mb: 0.25 }}>
        {props.name}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {props.moments.length}
        </Box>
      </Box>
      <ToolStrip label={`${props.name}: ${props.className}`}>
        {props.moments.map((moment) => {
          const { videoId, startUs, endUs, kind } = moment;
          const words = `${kindWords[kind]}: ${formatShortTime(startUs, 1)} to ${formatShortTime(endUs, 1)} in ${
            videos.find(({ id }) => id === videoId)?.name ?? 'a video'
          }`;
          return (
            <Box
              component="button"
              type="button"
              key={`${kind} ${videoId} ${startUs} ${endUs}`}
              aria-label={words}
              title={words}
              aria-pressed={shown === moment}
              onClick={() => {
                setShown(moment);
                showMoment(videoId, moment, 'loop');
              }}
              sx={{ ...tile, ...(shown === moment && { outline: '2px solid', outlineColor: 'primary.main' }) }}
            >
              <Thumbnail videoId={videoId} atUs={(startUs + endUs) / 2} width={56} height={36} fit="cover" />
            </Box>
          );
        })}
      </ToolStrip>
    </div>
  );
}
