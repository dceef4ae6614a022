import Box from '@mui/material/Box';
import { useState, type KeyboardEvent } from 'react';
import { t } from '../../language/language.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { useVideos } from '../../backend/project-queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { shortDuration } from '../../ui/durations.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { ListOption, VirtualListbox } from '../../ui/VirtualListbox.tsx';

export const momentHeight = 60;

interface Moment {
  readonly videoId: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly peakUs: number;
  readonly score: number;
}

/** Found moments with their best picture; choosing one shows it, looping, in the player. */
export function MomentList({ moments }: { readonly moments: readonly Moment[] }) {
  const { data: videos = [] } = useVideos();
  const [active, setActive] = useState(-1);
  const best = Math.max(...moments.map((moment) => moment.score), 1e-9);
  const open = (index: number): void => {
    const moment = moments[index];
    if (!moment) return;
    setActive(index);
    showMoment(moment.videoId, moment, 'loop');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    open(Math.max(active, 0));
  };
  return (
    <VirtualListbox
      label={t('Found moments')}
      name="moment"
      items={moments}
      keyOf={(_, index) => index}
      rowHeight={momentHeight}
      activeIndex={active}
      onMove={open}
      onKeyDown={onKeyDown}
    >
      {(moment, place) => (
        <ListOption key={place.id} place={place} onClick={() => open(place.index)} sx={{ boxShadow: 'none' }}>
          <Thumbnail videoId={moment.videoId} atUs={moment.peakUs} width={76} height={44} fit="contain" />
          <Box sx={{ minWidth: 0, flex: 1 }}>
            <Box sx={{ fontSize: 13 }}>
              <MiddleEllipsis text={videos.find((video) => video.id === moment.videoId)?.name ?? ''} />
            </Box>
            <Box sx={{ fontSize: 11.5, color: 'text.secondary' }}>
              {formatShortTime(moment.startUs, 1)} · {shortDuration(moment.endUs - moment.startUs)}
            </Box>
            <Box aria-hidden sx={{ height: 3, mt: '4px', borderRadius: 2, bgcolor: 'action.hover' }}>
              <Box
                sx={{
                  height: '100%',
                  borderRadius: 2,
                  width: `${Math.max(2, (moment.score / best) * 100)}%`,
                  bgcolor: 'primary.main',
                }}
              />
            </Box>
          </Box>
        </ListOption>
      )}
    </VirtualListbox>
  );
}
