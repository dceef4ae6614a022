import Box from '@mui/material/Box';
import { useMemo, type Ref } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { shuttle } from '../../playback/playback.ts';
import { optionAttributes, optionId } from '../../ui/VirtualListbox.tsx';
import { segmentName } from './selected-segments.ts';
import { shownSegments, useTimeline } from './timeline-view.ts';

/** Around the selected one as many options each way are in the page; their place in the whole is told by numbers. */
const neighbours = 150;
const optionName = 'timeline-segment';

/**
 * What the canvas shows as a list: named options in order of time that follow the selection. It has the timeline's
 * focus, so that everything works by keyboard and is spoken.
 */
export function SegmentListbox(props: {
  readonly video: Video;
  readonly ref: Ref<HTMLElement>;
  /** Asked, by key, for what can be done. */
  readonly onMenu: () => void;
}) {
  const { video, ref } = props;
  const layout = useTimeline((view) => view.layout);
  const classes = useClassesById();
  const selectedIds = useStudio((studio) => studio.selectedSegmentIds);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const inOrder = shownSegments(layout);
  const active = inOrder.findIndex((segment) => segment.id === selectedIds[0]);
  const first = Math.max(0, active - neighbours);

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
      ref={ref}
      role="listbox"
      aria-label={`Segments of ${video.name}`}
      aria-multiselectable
      aria-activedescendant={active < 0 ? undefined : optionId(optionName, inOrder[active]!.id)}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
        event.preventDefault();
        props.onMenu();
      }}
      sx={outOfSight}
    >
      {inOrder.slice(first, Math.max(active, 0) + neighbours + 1).map((segment, index) => (
        <Box
          key={segment.id}
          {...optionAttributes({
            id: optionId(optionName, segment.id),
            index: first + index,
            count: inOrder.length,
            selected: selected.has(segment.id),
          })}
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
} as const;
