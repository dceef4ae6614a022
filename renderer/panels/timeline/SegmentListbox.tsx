import Box from '@mui/material/Box';
import { useMemo, type Ref } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { shuttle } from '../../playback/playback.ts';
import { optionAttributes, VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { segmentName } from './selected-segments.ts';
import { shownSegments, useTimeline } from './timeline-view.ts';

/** Around the selected one as many options each way are in the page; their place in the whole is told by numbers. */
const neighbours = 150;

/**
 * What the canvas shows as a list: named options in order of time that follow the selection. It has the timeline's
 * focus, so that everything works by keyboard and is spoken.
 */
export function SegmentListbox({ video, ref }: { readonly video: Video; readonly ref: Ref<HTMLElement> }) {
  const layout = useTimeline((view) => view.layout);
  const classes = useClassesById();
  const selectedIds = useStudio((studio) => studio.selectedSegmentIds);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const inOrder = useMemo(() => shownSegments(layout), [layout]);
  const active = inOrder.findIndex((segment) => segment.id === selectedIds[0]);

  const choose = (segment: Segment, adding: boolean): void => {
    const studio = useStudio.getState();
    studio.selectSegments(
      adding ? [...studio.selectedSegmentIds.filter((id) => id !== segment.id), segment.id] : [segment.id],
    );
    studio.focusClass(segment.classId);
    shuttle.goToTime(segment.startUs);
  };

  return (
    <VirtualListbox
      ref={ref}
      label={`Segments of ${video.name}`}
      name="timeline-segment"
      items={inOrder}
      keyOf={(segment) => segment.id}
      rowHeight={1}
      activeIndex={active}
      isSelected={(segment) => selected.has(segment.id)}
      several
      overscan={neighbours}
      sx={outOfSight}
    >
      {(segment, place) => (
        <Box
          key={segment.id}
          {...optionAttributes(place)}
          onClick={(event) => choose(segment, event.ctrlKey || event.metaKey || event.shiftKey)}
        >
          {segmentName(segment, classes.get(segment.classId)?.name ?? 'removed class')}
        </Box>
      )}
    </VirtualListbox>
  );
}

// In the page and spoken, but nothing to see: the canvas is its picture.
const outOfSight = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  m: '-1px',
  p: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
