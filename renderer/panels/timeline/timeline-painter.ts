import type { ClassCurves, Curves } from '#preload/contract/videos.ts';
import type { Span } from '#preload/domain/span.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { drawMinimapWindow, Minimap } from './draw-minimap.ts';
import { drawOverlay } from './draw-overlay.ts';
import { drawTimeline } from './draw-timeline.ts';
import type { SeriesTrack } from './series/series-track.ts';
import type { TileSource } from './tile-cache.ts';
import type { TimelinePalette } from './timeline-palette.ts';
import type { OverlayScene, ThumbnailSource, TimelineScene } from './timeline-scene.ts';
import { fitRowsToView, useTimeline, type TimelineView } from './timeline-view.ts';
import { fitVideo, turnPage } from './time-scale.ts';
import { trackBands, type ShownTracks } from './track-bands.ts';

export const minimapPx = 20;

export interface TimelineCanvases {
  readonly minimap: HTMLCanvasElement;
  readonly minimapWindow: HTMLCanvasElement;
  readonly still: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/** What the painter is told from outside; the view, the playhead and the loop it reads from their stores. */
export interface PaintInputs {
  readonly palette: TimelinePalette;
  readonly tracks: ShownTracks;
  readonly thumbnails: ThumbnailSource | null;
  readonly spectrogram: TileSource<ImageBitmap> | null;
  readonly series: readonly SeriesTrack[];
  readonly peaks: Float32Array | null;
  readonly curves: Curves | null | undefined;
  readonly classCurves: ClassCurves | null;
  readonly classScores: boolean;
  readonly showsChanges: boolean;
  readonly asked: readonly Span[];
  readonly selected: ReadonlySet<number>;
  readonly focusedClassId: number | null;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PointerMarks {
  readonly hoverX: number | null;
  readonly marquee: OverlayScene['marquee'];
}

export interface TimelinePainter {
  show(inputs: PaintInputs): void;
  /** What the pointer does, at pointer rate. */
  point(marks: PointerMarks): void;
  /** Draws the still layer again: a picture arrived. */
  refresh(): void;
  dispose(): void;
}

/** So long after the view was moved last, rows get the lanes that are in use in it. */
const restMs = 200;

const stillFields: readonly (keyof TimelineView)[] = ['table', 'scale', 'layout', 'scrollPx', 'previews', 'changesUs'];

/**
 * Keeps the canvases up to date: marks layers as dirty when something they show changes, and draws each dirty one once
 * before the next picture of the display.
 */
export function createTimelinePainter(canvases: TimelineCanvases): TimelinePainter {
  const minimap = new Minimap();
  let inputs: PaintInputs | null = null;
  let pointer: PointerMarks = { hoverX: null, marquee: null };
  const dirty = { minimap: true, still: true, overlay: true };
  let handle: number | null = null;

  const schedule = (...layers: readonly (keyof typeof dirty)[]): void => {
    for (const layer of layers) dirty[layer] = true;
    handle ??= requestAnimationFrame(paint);
  };

  const paint = (): void => {
    handle = null;
    const { table, limits, ...view } = useTimeline.getState();
    if (!inputs || !table || inputs.widthPx <= 0) return;
    const scene: TimelineScene = {
      ...inputs,
      table,
      scale: view.scale,
      layout: view.layout,
      scrollPx: view.scrollPx,
      changesUs: inputs.showsChanges ? view.changesUs : [],
      cutsUs: view.cutsUs,
      bands: trackBands(inputs.heightPx, inputs.tracks, inputs.series),
      draggedIds: new Set(view.previews.flatMap(({ segmentId }) => segmentId ?? [])),
    };
    const whole = fitVideo(inputs.widthPx, limits);
    if (dirty.minimap)
      onCanvas(canvases.minimap, inputs.widthPx, minimapPx, (ctx) =>
        minimap.draw(ctx, whole, minimapPx, view.layout, scene.palette),
      );
    if (dirty.still) onCanvas(canvases.still, inputs.widthPx, inputs.heightPx, (ctx) => drawTimeline(ctx, scene));
    if (dirty.overlay) {
      const { frame, videoId, timeUs } = playhead.getState();
      const { range } = shuttle.state.getState();
      const overlay: OverlayScene = {
        base: scene,
        frame: videoId === null ? null : frame,
        markInUs: view.markInUs,
        markOutUs: view.markOutUs,
        previews: view.previews,
        guideUs: view.guideUs,
        loop: range && table.spanOfFrames(range.startFrame, range.endFrame),
        ...pointer,
      };
      onCanvas(canvases.overlay, inputs.widthPx, inputs.heightPx, (ctx) => drawOverlay(ctx, overlay));
      onCanvas(canvases.minimapWindow, inputs.widthPx, minimapPx, (ctx) =>
        drawMinimapWindow(ctx, whole, minimapPx, view.scale, videoId === null ? null : timeUs, scene.palette),
      );
    }
    dirty.minimap = dirty.still = dirty.overlay = false;
  };

  let rest: ReturnType<typeof setTimeout> | undefined;
  const fitWhenAtRest = (): void => {
    clearTimeout(rest);
    rest = setTimeout(fitRowsToView, restMs);
  };

  const stops = [
    useTimeline.subscribe((now, before) => {
      if (now.scale !== before.scale) fitWhenAtRest();
      if (now.layout !== before.layout || now.limits !== before.limits) schedule('minimap');
      if (stillFields.some((field) => now[field] !== before[field])) schedule('still');
      schedule('overlay');
    }),
    playhead.subscribe(({ timeUs }) => {
      if (shuttle.playing) {
        const { scale, limits } = useTimeline.getState();
        const turned = turnPage(scale, timeUs, limits);
        if (turned !== scale) useTimeline.setState({ scale: turned });
      }
      schedule('overlay');
    }),
    shuttle.state.subscribe(() => schedule('overlay')),
  ];

  return {
    show: (next) => {
      const redrawn = inputs?.widthPx !== next.widthPx || inputs.palette !== next.palette;
      inputs = next;
      schedule('still', 'overlay');
      if (redrawn) schedule('minimap');
    },
    point: (marks) => {
      pointer = marks;
      schedule('overlay');
    },
    refresh: () => schedule('still'),
    dispose: () => {
      for (const stop of stops) stop();
      clearTimeout(rest);
      if (handle !== null) cancelAnimationFrame(handle);
    },
  };
}

/** Draws in CSS pixels on a canvas that has the display's own. */
function onCanvas(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
  draw: (ctx: CanvasRenderingContext2D) => void,
): void {
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${widthPx}px`;
    canvas.style.height = `${heightPx}px`;
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(ctx);
}
