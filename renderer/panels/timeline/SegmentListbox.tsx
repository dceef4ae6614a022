import Box from '@mui/material/Box';
import { memo, useMemo, type Ref } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { placeOf } from '../../backend/segment-order.ts';
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
  const active = selectedIds[0] === undefined ? -1 : placeOf(inOrder, selectedIds[0]);
  const first = Math.max(0, active - neighbours);

  return (
    <Box
      ref={ref}
      role="listbox"
      aria-label={t('Segments of {{name}}', { name: video.name })}
      aria-multiselectable
      aria-activedescendant={active < 0 ? undefined : optionId(optionName, inOrder[active]!.id)}
      tabIndex={0}
      onClick={(event) => {
        const place = (event.target as HTMLElement).closest('[role=option]')?.getAttribute('aria-posinset');
        const segment = inOrder[Number(place) - 1];
        if (segment) choose(segment, event.ctrlKey || event.metaKey || event.shiftKey);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
        event.preventDefault();
        props.onMenu();
      }}
      sx={outOfSight}
    >
      {inOrder.slice(first, Math.max(active, 0) + neighbours + 1).map((segment, index) => (
        <SegmentOption
          key={segment.id}
          segment={segment}
          className={classes.get(segment.classId)?.name ?? t('removed class')}
          index={first + index}
          count={inOrder.length}
          selected={selected.has(segment.id)}
        />
      ))}
    </Box>
  );
}

function choose(segment: Segment, adding: boolean): void {
  const studio = useStudio.getState();
  studio.selectSegments(
    adding ? [...studio.selectedSegmentIds.filter((id) => id !== segment.id), segment.id] : [segment.id],
  );
  studio.focusClass(segment.classId);
  shuttle.goToTime(segment.startUs);
}

/** Plain and drawn anew only where it changes: there are hundreds, at every edit. */
const SegmentOption = memo(function SegmentOption(props: {
  readonly segment: Segment;
  readonly className: string;
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
}) {
  const { segment, className, index, count, selected } = props;
  return (
    <div {...optionAttributes({ id: optionId(optionName, segment.id), index, count, selected })}>
      {segmentName(segment, className)}
    </div>
  );
});

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
