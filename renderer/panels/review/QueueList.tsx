import Box from '@mui/material/Box';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { reviewSegment } from '../../shared/decide-segments.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { digitsFont } from '../../shared/theme.ts';
import { useClassesById, useVideos } from '../../backend/project-queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { shortDuration } from '../../ui/durations.ts';
import { ListOption, VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { percent } from '../../ui/quantities.ts';

const rowHeight = 42;

/** What comes next in the queue; a click takes one out of turn. */
export function QueueList({
  segments,
  focusId,
}: {
  readonly segments: readonly Segment[];
  readonly focusId: number | null;
}) {
  const classes = useClassesById();
  const { data: videos = [] } = useVideos();
  return (
    <VirtualListbox
      label={t('Proposals to review')}
      name="queue"
      items={segments}
      keyOf={(segment) => segment.id}
      rowHeight={rowHeight}
      activeIndex={segments.findIndex((segment) => segment.id === focusId)}
    >
      {(segment, place) => {
        const video = videos.find((each) => each.id === segment.videoId);
        return (
          <ListOption key={segment.id} place={place} onClick={() => reviewSegment(segment)}>
            <Thumbnail
              videoId={segment.videoId}
              atUs={(segment.startUs + segment.endUs) / 2}
              width={56}
              height={32}
              fit="cover"
            />
            <Box sx={{ minWidth: 0, flex: 1, fontSize: 12.5, lineHeight: 1.35 }}>
              <ClassName of={classes.get(segment.classId)} />
              <Box
                title={video?.name}
                sx={{
                  color: 'text.secondary',
                  fontSize: 11.5,
                  overflow: 'hidden',
                  textOverflow: 'ellipsis',
                  whiteSpace: 'nowrap',
                }}
              >
                {formatShortTime(segment.startUs, 1)} · {shortDuration(segment.endUs - segment.startUs)} · {video?.name}
              </Box>
            </Box>
            {segment.score !== null && (
              <Box sx={{ fontFamily: digitsFont, fontSize: 12, color: 'text.secondary', flexShrink: 0 }}>
                {percent(segment.score)}
              </Box>
            )}
          </ListOption>
        );
      }}
    </VirtualListbox>
  );
}
