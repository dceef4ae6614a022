import Box from '@mui/material/Box';
import { useState } from 'react';
import { firstShots, type TuningShot } from '#preload/contract/tuning.ts';
import { t } from '../../language/language.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { useVideos } from '../../backend/project-queries.ts';
import { useShots } from './queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { ToolStrip, tile } from '../../ui/ToolStrip.tsx';

const moreShown = 20;

/** Shots as small pictures; pressing one plays it round and round. One stop of the Tab key, arrows go along. */
export function ShotStrip({
  classId,
  first,
  count,
  label,
}: {
  /** Null: what was rejected. */
  readonly classId: number | null;
  readonly first: readonly TuningShot[];
  /** How many there are in all. */
  readonly count: number;
  readonly label: string;
}) {
  const { data: videos = [] } = useVideos();
  const [shown, setShown] = useState(firstShots);
  const { data: shots = first } = useShots(classId, shown);
  const hidden = count - shown;
  return (
    <ToolStrip label={t('Shots: {{label}}', { label })}>
      {shots.slice(0, shown).map((shot) => {
        const words = t('{{time}} to {{time2}} in {{name}}', {
          time: formatShortTime(shot.startUs, 1),
          time2: formatShortTime(shot.endUs, 1),
          name: videos.find(({ id }) => id === shot.videoId)?.name ?? t('one of the videos'),
        });
        return (
          <Box
            component="button"
            type="button"
            key={shot.segmentId}
            aria-label={words}
            title={words}
            onClick={() => {
              showMoment(shot.videoId, shot, 'loop');
              useStudio.getState().selectSegments([shot.segmentId], shot.videoId);
            }}
            sx={tile}
          >
            <Thumbnail
              videoId={shot.videoId}
              atUs={(shot.startUs + shot.endUs) / 2}
              width={56}
              height={36}
              fit="cover"
            />
          </Box>
        );
      })}
      {hidden > 0 && (
        <Box
          component="button"
          type="button"
          aria-label={t('Show {{hidden}} more shots', { hidden: Math.min(hidden, moreShown) })}
          onClick={() => setShown(shown + moreShown)}
          sx={{
            ...tile,
            width: 56,
            height: 36,
            textAlign: 'center',
            fontSize: 12,
            color: 'text.secondary',
            bgcolor: 'action.hover',
          }}
        >
          +{hidden}
        </Box>
      )}
    </ToolStrip>
  );
}
