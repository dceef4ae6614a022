import Box from '@mui/material/Box';
import { useMemo, type Ref } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { shuttle } from '../../playback/playback.ts';
import { segmentName } from './selected-segments.ts';
import { shownSegments, useTimeline } from './timeline-view.ts';

/** So many options are in the page at once, around the selected one; their place in the whole is told by numbers. */
const windowSize = 300;

/** The part of `segments` to put in the page: all of a short list, else a window around `active`. Pure. */
export function optionsWindow(count: number, active: number): { readonly first: number; readonly end: number } {
  if (count <= windowSize) return { first: 0, end: count };
  const first = Math.max(0, Math.min(Math.max(0, active) - windowSize / 2, count - windowSize));
  return { first, end: first + windowSize };
}

/**
 * What the canvas shows as a list: named options in order of time that follow the selection. It has the timeline's
 * focus, so that everything works by keyboard and is spoken.
 */
export function SegmentListbox({ video, ref }: { readonly video: Video; readonly ref: Ref<HTMLUListElement> }) {
  const layout = useTimeline((view) => view.layout);
  const classes = useClassesById();
  const selectedIds = useStudio((studio) => studio.selectedSegmentIds);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const inOrder = useMemo(() => shownSegments(layout), [layout]);
  const active = inOrder.findIndex((segment) => segment.id === selectedIds[0]);
  const { first, end } = optionsWindow(inOrder.length, active);

  const choose = (segment: Segment, adding: boolean): void => {
    const studio = useStudio.getState();
    studio.selectSegments(
      adding ? [...studio.selectedSegmentIds.filter((id) => id !== segment.id), segment.id] : [segment.id],
    );
    studio.focusClass(segment.classId);
    shuttle.goToTime(segment.startUs);
  };

  return (
    <Box
      component="ul"
      ref={ref}
      // A select would keep the arrow keys to itself.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="listbox"
      tabIndex={0}
      aria-label={`Segments of ${video.name}`}
      aria-multiselectable
      aria-activedescendant={active >= 0 ? optionId(inOrder[active]!.id) : undefined}
      sx={outOfSight}
    >
      {inOrder.slice(first, end).map((segment, index) => (
        <Box
          component="li"
          key={segment.id}
          id={optionId(segment.id)}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="option"
          aria-selected={selected.has(segment.id)}
          aria-setsize={inOrder.length}
          aria-posinset={first + index + 1}
          onClick={(event) => choose(segment, event.ctrlKey || event.metaKey || event.shiftKey)}
        >
          {segmentName(segment, classes.get(segment.classId)?.name ?? 'removed class')}
        </Box>
      ))}
    </Box>
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
  listStyle: 'none',
} as const;

const optionId = (segmentId: number): string => `timeline-segment-${segmentId}`;
