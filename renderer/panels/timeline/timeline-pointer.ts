import type { Segment } from '#preload/domain/segment.ts';
import { pointerStyle, type PointerLook } from '../../shared/large-cursors.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { shuttle } from '../../playback/playback.ts';
import { hitTest, type Hit } from './hit-test.ts';
import {
  dragSegment,
  drawSegment,
  marquee,
  pan,
  rollSegment,
  scrub,
  type Gesture,
  type RowsPoint,
} from './pointer-gestures.ts';
import { moveSeries } from './series/move-series.ts';
import type { SeriesMenuPlace } from './series/SeriesMenu.tsx';
import type { SeriesTrack } from './series/series-track.ts';
import type { PointerMarks } from './timeline-painter.ts';
import { refusesLocked } from './segment-edits.ts';
import { selectedShown } from './selected-segments.ts';
import { selectionAfterClick } from './selection-after-click.ts';
import { fitSpan, fitVideo, panBy, usAt } from './time-scale.ts';
import { setScale, useTimeline } from './timeline-view.ts';
import type { TrackBands } from './track-bands.ts';
import { wheelTimeline } from './wheel-timeline.ts';

export interface PointerHost {
  bands(): TrackBands;
  /** Hairline and selection rectangle. */
  point(marks: PointerMarks): void;
  /** What the pointer rests on, with its place on the page; null while dragging and outside. */
  hover(at: { readonly hit: Hit; readonly clientX: number; readonly clientY: number } | null): void;
  /** Asked for what can be done there, at a place of the page. */
  openMenu(at: { readonly top: number; readonly left: number }): void;
  /** The track of a sensor at this height of the canvas; null for none. */
  seriesAt(canvasY: number): SeriesTrack | null;
  /** Asked for what can be done with a track, at a place of the page and a time of the video. */
  openSeriesMenu(at: SeriesMenuPlace): void;
  /** The timeline was pressed: its keys should work from now on. */
  takeFocus(): void;
}

/** What moves along when the body of a selected segment is dragged. */
const othersSelected = (id: number): Segment[] =>
  selectedShown(useStudio.getState()).filter((each) => each.id !== id && each.id > 0);

/** How far the pointer moves before a press becomes a drag. */
const dragFromPx = 3;
const scrollOnPx = 14;

/** Lets the pointer work on the timeline's canvas `element`; answers how to stop. */
export function attachTimelinePointer(element: HTMLElement, host: PointerHost): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  let spaceHeld = false;
  let gesture: { readonly running: Gesture; last: PointerEvent; loop: number } | null = null;
  /** Pressed, but not moved far enough to tell a click from a drag. */
  let pressed: { readonly event: PointerEvent; drag(): Gesture | null; click(): void } | null = null;

  const pointOf = (event: MouseEvent): RowsPoint & { readonly canvasY: number } => {
    const box = element.getBoundingClientRect();
    const canvasY = event.clientY - box.top;
    return {
      x: event.clientX - box.left,
      y: canvasY - host.bands().rows.y + useTimeline.getState().scrollPx,
      canvasY,
      altKey: event.altKey,
    };
  };

  const hitAt = (event: MouseEvent): Hit | null => {
    const point = pointOf(event);
    // Tracks, those that scroll above the rows as well.
    if (point.canvasY < host.bands().rows.y || point.y < 0) return null;
    const { layout, scale } = useTimeline.getState();
    return hitTest(layout, scale, point.x, point.y, new Set(useStudio.getState().selectedSegmentIds));
  };

  const begin = (running: Gesture, event: PointerEvent): void => {
    host.hover(null);
    element.style.cursor = pointerStyle(running.cursor);
    gesture = { running, last: event, loop: 0 };
    running.move(pointOf(event));
    if (running.scrollsOn) gesture.loop = requestAnimationFrame(scrollOn);
  };

  /** Held beyond a side, the view moves on under the pointer. */
  const scrollOn = (): void => {
    if (!gesture) return;
    gesture.loop = requestAnimationFrame(scrollOn);
    const point = pointOf(gesture.last);
    const { widthPx } = useTimeline.getState().scale;
    const by = point.x < 0 ? -scrollOnPx : point.x > widthPx ? scrollOnPx : 0;
    if (by === 0) return;
    setScale((scale, limits) => panBy(scale, by, limits));
    gesture.running.move(point);
  };

  const finish = (how: 'end' | 'cancel', event?: PointerEvent): void => {
    if (!gesture) return;
    const { running, last, loop } = gesture;
    cancelAnimationFrame(loop);
    gesture = null;
    element.style.cursor = '';
    if (how === 'end') running.end(pointOf(event ?? last));
    else running.cancel();
    host.point({ hoverX: null, marquee: null });
  };

  const showMarquee = (start: RowsPoint & { readonly canvasY: number }) => (to: RowsPoint | null) => {
    const { rows } = host.bands();
    const { scrollPx } = useTimeline.getState();
    host.point({
      hoverX: null,
      marquee: to && [
        { x: start.x, y: start.canvasY },
        { x: to.x, y: to.y + rows.y - scrollPx },
      ],
    });
  };

  const pressOnRows = (hit: Hit, event: PointerEvent): NonNullable<typeof pressed> => {
    const studio = useStudio.getState();
    const point = pointOf(event);
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (hit.kind === 'segment') {
      const { id } = hit.segment;
      const wasSelected = studio.selectedSegmentIds.includes(id);
      if (!adding && !wasSelected && id > 0) studio.selectSegments([id]);
      return {
        event,
        drag: () => {
          if (id < 0 || event.ctrlKey || event.metaKey || refusesLocked([hit.segment])) return null;
          if (event.shiftKey) return rollSegment(hit.segment, hit.part, point);
          return dragSegment(hit.segment, hit.part, wasSelected ? othersSelected(id) : [], point);
        },
        click: () => {
          studio.focusClass(hit.segment.classId);
          if (id > 0) studio.selectSegments(selectionAfterClick(id, event));
          if (!adding) shuttle.goToTime(usAt(useTimeline.getState().scale, point.x));
        },
      };
    }
    const { selectedVideoId } = studio;
    return {
      event,
      drag: () =>
        adding || hit.kind === 'nothing' || selectedVideoId === null
          ? marquee(point, adding ? studio.selectedSegmentIds : [], showMarquee(point))
          : drawSegment(selectedVideoId, hit.row.actionClass.id, point),
      click: () => {
        if (adding) return;
        if (hit.kind === 'row') studio.focusClass(hit.row.actionClass.id);
        studio.selectSegments([]);
        shuttle.goToTime(usAt(useTimeline.getState().scale, point.x));
      },
    };
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1 || gesture) return;
      event.preventDefault();
      host.takeFocus();
      element.setPointerCapture(event.pointerId);
      if (event.button === 1 || spaceHeld) {
        // Space began to play when it went down; as the start of a pan it meant something else.
        if (spaceHeld) shuttle.pauseAndReturn();
        begin(pan(pointOf(event)), event);
        return;
      }
      const hit = hitAt(event);
      const track = event.shiftKey ? host.seriesAt(pointOf(event).canvasY) : null;
      if (track !== null) begin(moveSeries(track, pointOf(event)), event);
      else if (hit === null) begin(scrub(), event);
      else pressed = pressOnRows(hit, event);
    },
    options,
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (gesture) {
        gesture.last = event;
        gesture.running.move(pointOf(event));
        return;
      }
      if (pressed) {
        const { event: from } = pressed;
        if (Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < dragFromPx) return;
        const running = pressed.drag();
        pressed = null;
        if (running) begin(running, event);
        return;
      }
      const hit = hitAt(event);
      element.style.cursor = pointerStyle(cursorOf(hit));
      host.point({ hoverX: pointOf(event).x, marquee: null });
      host.hover(hit && { hit, clientX: event.clientX, clientY: event.clientY });
    },
    options,
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      pressed?.click();
      pressed = null;
      finish('end', event);
    },
    options,
  );
  element.addEventListener(
    'pointercancel',
    () => {
      pressed = null;
      finish('cancel');
    },
    options,
  );
  element.addEventListener(
    'pointerleave',
    () => {
      if (gesture) return;
      host.point({ hoverX: null, marquee: null });
      host.hover(null);
    },
    options,
  );
  element.addEventListener(
    'dblclick',
    (event) => {
      const hit = hitAt(event);
      setScale((scale, limits) =>
        hit?.kind === 'segment'
          ? fitSpan(scale.widthPx, hit.segment, limits)
          : hit === null
            ? fitVideo(scale.widthPx, limits)
            : scale,
      );
    },
    options,
  );
  element.addEventListener(
    'contextmenu',
    (event) => {
      event.preventDefault();
      host.takeFocus();
      host.hover(null);
      const track = host.seriesAt(pointOf(event).canvasY);
      if (track !== null) {
        const videoUs = usAt(useTimeline.getState().scale, pointOf(event).x);
        host.openSeriesMenu({ key: track.key, top: event.clientY, left: event.clientX, videoUs });
        return;
      }
      selectForMenu(hitAt(event));
      host.openMenu({ top: event.clientY, left: event.clientX });
    },
    options,
  );
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      wheelTimeline(event, pointOf(event).x);
    },
    { ...options, passive: false },
  );
  globalThis.addEventListener(
    'keydown',
    (event) => {
      if (event.key === ' ') spaceHeld = true;
      if (event.key !== 'Escape' || (!gesture && !pressed)) return;
      event.preventDefault();
      event.stopPropagation();
      pressed = null;
      finish('cancel');
    },
    { ...options, capture: true },
  );
  globalThis.addEventListener(
    'keyup',
    (event) => {
      if (event.key === ' ') spaceHeld = false;
    },
    { ...options, capture: true },
  );
  globalThis.addEventListener('blur', () => (spaceHeld = false), options);

  return () => {
    finish('cancel');
    listening.abort();
  };
}

/** What a menu is about is selected, as a click would; of a selection it is about all. */
function selectForMenu(hit: Hit | null): void {
  const studio = useStudio.getState();
  if (hit?.kind === 'row' || hit?.kind === 'nothing') studio.selectSegments([]);
  if (hit?.kind === 'row') studio.focusClass(hit.row.actionClass.id);
  if (hit?.kind !== 'segment' || hit.segment.id < 0) return;
  studio.focusClass(hit.segment.classId);
  if (!studio.selectedSegmentIds.includes(hit.segment.id)) studio.selectSegments([hit.segment.id]);
}

const cursorOf = (hit: Hit | null): PointerLook => {
  if (hit?.kind === 'segment' && hit.segment.locked) return 'not-allowed';
  if (hit?.kind === 'segment') return hit.part === 'body' ? 'grab' : 'ew-resize';
  return hit?.kind === 'row' ? 'crosshair' : 'default';
};
