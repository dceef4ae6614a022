import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { useClassesById, useVideos } from '../../backend/project-queries.ts';
import { chooseIn, howChosen, nothingChosenYet } from '../../shared/choose-many.ts';
import { reviewSegment } from '../../shared/decide-segments.ts';
import { forgetLeaving, segmentsInGrid, shownSegments, useReviewQueue } from '../../shared/review-queue.ts';
import { firstField } from '../../shared/show-panel.ts';
import { optionId } from '../../ui/VirtualListbox.tsx';
import { ClipCard, cardGapPx, captionPx } from './ClipCard.tsx';

/** Cards are at least as wide as this, as many beside each other as there is room for. */
const narrowestPx = 132;
/** As much of a card as must be in sight for it to be taken as seen. */
const enoughInSight = 0.7;
/** Rows before the end at which more is fetched. */
const rowsAhead = 6;

/** The queue as clips that play, of which only those in sight are in the page: choose many, decide at once. */
export function ClipGrid({ fetchMore }: { readonly fetchMore: (() => void) | undefined }) {
  const { list, leaving, focusId, chosen } = useReviewQueue();
  const classes = useClassesById();
  const { data: videos = [] } = useVideos();
  const videoOf = useMemo(() => new Map(videos.map((video) => [video.id, video])), [videos]);
  const items = useMemo(() => segmentsInGrid(list, leaving), [list, leaving]);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const columns = Math.max(1, Math.floor((width - cardGapPx) / (narrowestPx + cardGapPx)));
  const cardPx = (width - cardGapPx * (columns + 1)) / columns;
  const rowPx = Math.round((cardPx * 9) / 16) + captionPx + cardGapPx;
  const activeIndex = items.findIndex(({ id }) => id === focusId);
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(items.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    paddingEnd: cardGapPx,
    overscan: 1,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(Math.floor(activeIndex / columns), { align: 'auto' });
  }, [activeIndex, columns, virtual]);
  const rows = virtual.getVirtualItems();
  const isNearEnd = (rows.at(-1)?.index ?? 0) + rowsAhead >= Math.ceil(items.length / columns);
  useEffect(() => {
    if (isNearEnd) fetchMore?.();
  }, [isNearEnd, fetchMore]);
  // The panel's focus is the grid's: after a click on a button too its keys mean the grid.
  useEffect(() => {
    const region = scroller.current?.closest<HTMLElement>('[data-command-scope]');
    const enter = (): void => scroller.current?.focus({ preventScroll: true });
    if (region && document.activeElement === region) enter();
    region?.addEventListener('focus', enter);
    return () => region?.removeEventListener('focus', enter);
  }, []);
  // A choice never outlives the sight of it.
  useEffect(() => () => useReviewQueue.setState({ ...nothingChosenYet }), []);

  const go = (segment: Segment | undefined, how: ReturnType<typeof howChosen>): void => {
    if (!segment) return;
    const state = useReviewQueue.getState();
    const ids = shownSegments(state.list).map(({ id }) => id);
    reviewSegment(segment, chooseIn(ids, state, segment.id, how));
  };

  const inSight = (): Segment[] => {
    const { scrollTop, clientHeight } = scroller.current!;
    const [top, bottom] = [scrollTop / rowPx - 1 + enoughInSight, (scrollTop + clientHeight) / rowPx - enoughInSight];
    const shown = shownSegments(useReviewQueue.getState().list);
    return shown.slice(Math.max(0, Math.ceil(top)) * columns, (Math.floor(bottom) + 1) * columns);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      flushSync(forgetLeaving);
      const seen = inSight();
      const [first] = seen;
      if (!first) return;
      const at = seen.find(({ id }) => id === focusId) ?? first;
      reviewSegment(at, { chosen: new Set(seen.map(({ id }) => id)), anchorId: first.id });
      return;
    }
    if (isCommand && event.key === ' ' && activeIndex >= 0) {
      event.preventDefault();
      go(items[activeIndex], 'in-or-out');
      return;
    }
    if (isCommand || event.altKey) return;
    const perPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx)) * columns;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: perPage,
      PageUp: -perPage,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    forgetLeaving();
    const shown = shownSegments(useReviewQueue.getState().list);
    const here = shown.findIndex(({ id }) => id === focusId);
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), shown.length - 1);
    go(shown[next], howChosen(event));
  };

  return (
    <Box
      ref={scroller}
      {...firstField}
      role="listbox"
      aria-label={t('Clips to review')}
      aria-multiselectable
      aria-activedescendant={activeIndex < 0 ? undefined : optionId('clip', items[activeIndex]!.id)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2, userSelect: 'none' }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {rows.flatMap((row) =>
          items.slice(row.index * columns, (row.index + 1) * columns).map((segment, column) => {
            const index = row.index * columns + column;
            return (
              <ClipCard
                key={segment.id}
                segment={segment}
                actionClass={classes.get(segment.classId)}
                video={videoOf.get(segment.videoId)}
                place={{
                  id: optionId('clip', segment.id),
                  index,
                  count: items.length,
                  selected: chosen.has(segment.id),
                }}
                isActive={index === activeIndex}
                verdict={leaving.get(segment.id)?.verdict ?? null}
                leftPx={cardGapPx + column * (cardPx + cardGapPx)}
                topPx={row.start + cardGapPx / 2}
                widthPx={cardPx}
                onClick={(event: MouseEvent) => {
                  scroller.current?.focus({ preventScroll: true });
                  go(segment, howChosen(event));
                }}
              />
            );
          }),
        )}
      </Box>
    </Box>
  );
}

/** The width inside an element, followed as it changes; 0 before it is known. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
