import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { showMoment } from '../../shared/show-moment.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { useVideos } from '../../backend/project-queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { shortDuration } from '../../ui/durations.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';

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
  const scroller = useRef<HTMLDivElement>(null);
  const { data: videos = [] } = useVideos();
  const [active, setActive] = useState(-1);
  const virtual = useVirtualizer({
    count: moments.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => momentHeight,
    overscan: 6,
  });
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [active, virtual]);
  const best = Math.max(...moments.map((moment) => moment.score), 1e-9);
  const open = (index: number): void => {
    const moment = moments[index];
    if (!moment) return;
    setActive(index);
    showMoment(moment.videoId, moment, 'loop');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      open(Math.min(Math.max(active + step, 0), moments.length - 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(Math.max(active, 0));
    }
  };
  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label="Found moments"
      aria-activedescendant={active >= 0 ? `moment-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const moment = moments[item.index]!;
          return (
            <Box
              key={item.key}
              id={`moment-${item.index}`}
              role="option"
              aria-selected={item.index === active}
              onClick={() => open(item.index)}
              sx={{
                position: 'absolute',
                insetInline: 0,
                height: momentHeight,
                transform: `translateY(${item.start}px)`,
                display: 'flex',
                alignItems: 'center',
                gap: 1.25,
                px: 1.5,
                cursor: 'pointer',
                bgcolor: item.index === active ? 'action.selected' : 'transparent',
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
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
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}
