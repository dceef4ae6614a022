import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { reviewSegment } from '../../shared/decide-segments.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { digitsFont } from '../../shared/theme.ts';
import { useClassesById, useVideos } from '../../backend/project-queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { shortDuration } from '../../ui/durations.ts';

const rowHeight = 48;

/** What comes next in the queue; a click takes one out of turn. */
export function QueueList({
  segments,
  focusId,
}: {
  readonly segments: readonly Segment[];
  readonly focusId: number | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const classes = useClassesById();
  const { data: videos = [] } = useVideos();
  const virtual = useVirtualizer({
    count: segments.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const focusIndex = segments.findIndex((segment) => segment.id === focusId);
  useEffect(() => {
    if (focusIndex >= 0) virtual.scrollToIndex(focusIndex, { align: 'auto' });
  }, [focusIndex, virtual]);
  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label="Proposals to review"
      aria-activedescendant={focusIndex >= 0 ? `queue-${focusId}` : undefined}
      tabIndex={0}
      sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const segment = segments[item.index]!;
          const selected = segment.id === focusId;
          const actionClass = classes.get(segment.classId);
          const video = videos.find((each) => each.id === segment.videoId);
          return (
            <Box
              key={segment.id}
              id={`queue-${segment.id}`}
              role="option"
              aria-selected={selected}
              aria-posinset={item.index + 1}
              aria-setsize={segments.length}
              onClick={() => reviewSegment(segment)}
              sx={{
                position: 'absolute',
                insetInline: 0,
                height: rowHeight,
                transform: `translateY(${item.start}px)`,
                display: 'flex',
                alignItems: 'center',
                gap: 1.25,
                px: 1.5,
                cursor: 'pointer',
                bgcolor: selected ? 'action.selected' : 'transparent',
                boxShadow: selected ? (theme) => `inset 3px 0 ${theme.palette.primary.main}` : 'none',
                '&:hover': { bgcolor: selected ? 'action.selected' : 'action.hover' },
              }}
            >
              <Thumbnail
                videoId={segment.videoId}
                atUs={(segment.startUs + segment.endUs) / 2}
                width={60}
                height={36}
                fit="cover"
              />
              <Box sx={{ minWidth: 0, flex: 1, fontSize: 12.5, lineHeight: 1.35 }}>
                <ClassName of={actionClass} />
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
                  {formatShortTime(segment.startUs, 1)} · {shortDuration(segment.endUs - segment.startUs)} ·{' '}
                  {video?.name}
                </Box>
              </Box>
              {segment.score !== null && (
                <Box sx={{ fontFamily: digitsFont, fontSize: 12, color: 'text.secondary' }}>
                  {(segment.score * 100).toFixed(0)}
                </Box>
              )}
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}
