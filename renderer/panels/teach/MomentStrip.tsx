import Box from '@mui/material/Box';
import { useState } from 'react';
import { mostMomentsOfAKind, type LearnedMoment } from '#preload/domain/judgement.ts';
import { t } from '../../language/language.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { ToolStrip, tile } from '../../ui/ToolStrip.tsx';
import { formatShortTime } from '../../ui/timecode.ts';

const kindWords: Record<LearnedMoment['kind'], string> = {
  won: t('found now'),
  quiet: t('no false alarm any more'),
  lost: t('not found any more'),
  missed: t('not found'),
  'new alarm': t('false alarm that was none before'),
  'false alarm': t('false alarm, as before'),
};

/** Moments of a kind as small pictures; pressing one plays it round and round. */
export function MomentStrip(props: {
  readonly name: string;
  readonly className: string;
  readonly moments: readonly LearnedMoment[];
}) {
  const { data: videos = [] } = useVideos();
  const [shown, setShown] = useState<LearnedMoment | null>(null);
  const count = props.moments.length;
  if (count === 0) return null;
  return (
    <div>
      <Box sx={{ fontSize: 12, mb: 0.25 }}>
        {props.name}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {areAll(props.moments) ? count : t('{{shown}} or more', { shown: count })}
        </Box>
      </Box>
      <ToolStrip label={`${props.name}: ${props.className}`}>
        {props.moments.map((moment) => {
          const { videoId, startUs, endUs, kind } = moment;
          const words = t('{{kindWords}}: {{time}} to {{time2}} in {{name}}', {
            kindWords: kindWords[kind],
            time: formatShortTime(startUs, 1),
            time2: formatShortTime(endUs, 1),
            name: videos.find(({ id }) => id === videoId)?.name ?? t('one of the videos'),
          });
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

/** Whether there are no more than these: of a kind that is told as far as it goes, nobody knows. */
const areAll = (moments: readonly LearnedMoment[]): boolean =>
  moments.every(({ kind }) => moments.filter((other) => other.kind === kind).length < mostMomentsOfAKind);
