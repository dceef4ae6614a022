import ViewTimeline from '@mui/icons-material/ViewTimelineOutlined';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { t } from '../../language/language.ts';
import { useStretchToShow } from '../../shared/show-clip.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useFrameTable } from '../../backend/frame-tables.ts';
import { useAttributes, useVideo } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTimelineRows } from './queries.ts';
import { primarySegment } from './selected-segments.ts';
import { TimelineCanvas } from './TimelineCanvas.tsx';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { revealClass, setScale, useTimeline } from './timeline-view.ts';
import { bringIntoView, fitSpan, followSpan } from './time-scale.ts';
import { usePreferences } from './timeline-preferences.ts';

/** The selected video's time from left to right, a row for every class. */
export function TimelinePanel() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const video = useVideo(videoId);
  const hasTable = useTimeline((view) => view.table !== null);
  useTimelineRows(video ? videoId : null);
  // What is copied says them by name, and the clipboard waits for no answer.
  useAttributes();
  useRevealSelection();
  useShowStretch();
  useRevealFocusedClass();
  return (
    <Box
      component="section"
      aria-label={t('Timeline')}
      data-command-scope="timeline"
      tabIndex={-1}
      sx={{
        height: '100%',
        minHeight: 0,
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'surface.panel',
        containerType: 'inline-size',
      }}
    >
      {video && hasTable ? (
        <>
          <TimelineToolbar video={video} />
          <TimelineCanvas video={video} />
        </>
      ) : (
        <EmptyState icon={<ViewTimeline />} title={video ? t('Reading the frame times…') : t('Nothing to show yet')}>
          {video ? null : t('The timeline of the selected video stands here, with a row for every class.')}
        </EmptyState>
      )}
    </Box>
  );
}

/** Closes in on a stretch that somebody went to, once its video is there. */
function useShowStretch(): void {
  const stretch = useStretchToShow((state) => state.stretch);
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const { data: table } = useFrameTable(videoId);
  const shown = useTimeline((view) => view.table);
  useEffect(() => {
    if (stretch === null || shown === null || shown !== table || stretch.videoId !== videoId) return;
    useStretchToShow.setState({ stretch: null });
    setScale((scale, limits) => fitSpan(scale.widthPx, stretch, limits));
  }, [stretch, videoId, table, shown]);
}

/** Whoever selects a segment, the timeline scrolls to it, no further than needed; reviewing, it closes in on it. */
function useRevealSelection(): void {
  const first = useStudio((studio) => studio.selectedSegmentIds[0]);
  const layout = useTimeline((view) => view.layout);
  const table = useTimeline((view) => view.table);
  const revealed = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (first === revealed.current) return;
    // A segment of a video that is still being read is revealed when its rows have come.
    const segment = table ? primarySegment(useStudio.getState()) : undefined;
    if (first !== undefined && !segment) return;
    revealed.current = first;
    if (!segment) return;
    revealClass(segment.classId);
    const closeIn = useStudio.getState().reviewing && usePreferences.getState().zoomsInReview;
    setScale((scale, limits) =>
      closeIn ? followSpan(scale, segment, limits) : bringIntoView(scale, segment.startUs, limits),
    );
  }, [first, layout, table]);
}

/** Whoever focuses a class, in the list or the palette, its row comes into sight. */
function useRevealFocusedClass(): void {
  const focused = useStudio((studio) => studio.focusedClassId);
  useEffect(() => {
    if (focused !== null) revealClass(focused);
  }, [focused]);
}
