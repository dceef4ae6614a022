import type { ClassCurves, Curves } from '#preload/contract/videos.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import type { RowsLayout } from './layout-rows.ts';
import type { SeriesTrack } from './series/series-track.ts';
import type { TileSource } from './tile-cache.ts';
import type { TimelinePalette } from './timeline-palette.ts';
import type { TimeScale } from './time-scale.ts';
import type { TrackBands } from './track-bands.ts';

/** Pictures for the filmstrip: answers what it has and fetches what it lacks. */
export interface ThumbnailSource {
  /** Width over height of a picture. */
  readonly aspect: number;
  /** The picture at `atUs`, the nearest one at hand within `withinUs`, or null. */
  picture(atUs: number, withinUs: number): CanvasImageSource | null;
}

/** All that the timeline's canvases show of one moment; a plain value, so that drawing can be measured and tested. */
export interface TimelineScene {
  readonly scale: TimeScale;
  readonly table: FrameTable;
  readonly bands: TrackBands;
  readonly layout: RowsLayout;
  /** How far the rows are scrolled down, pixels. */
  readonly scrollPx: number;
  readonly selected: ReadonlySet<number>;
  readonly focusedClassId: number | null;
  /** Segments that are being moved, drawn by the overlay instead. */
  readonly draggedIds: ReadonlySet<number>;
  readonly palette: TimelinePalette;
  readonly thumbnails: ThumbnailSource | null;
  /** Null where there is no sound, or it is not shown. */
  readonly spectrogram: TileSource<ImageBitmap> | null;
  /** What sensors measured, a track each. */
  readonly series: readonly SeriesTrack[];
  /** `[buckets, 2]` minimum and maximum, evenly over the video; null without audio. */
  readonly peaks: Float32Array | null;
  /** Null before there are features; undefined while they are being computed. */
  readonly curves: Curves | null | undefined;
  /** Curves of classes, as far as they are there. */
  readonly classCurves: ClassCurves | null;
  /** Whether they are drawn in the rows, beside the one in focus. */
  readonly classScores: boolean;
  /** Where the picture changes, in order; empty where that is not shown. */
  readonly changesUs: readonly number[];
  /** Those of them that are cuts, to the frame. */
  readonly cutsUs: ReadonlySet<number>;
  /** What this project was handed out to label of the video; empty: all of it. */
  readonly asked: readonly Span[];
}

/** A span being made or changed, before it is sent. */
export interface SpanPreview {
  readonly classId: number;
  readonly span: Span;
  /** The segment it will change, or null for a new one. */
  readonly segmentId: number | null;
}

/** What moves over the still picture: redrawn at display rate while the rest stays. */
export interface OverlayScene {
  readonly base: TimelineScene;
  /** Frame under the playhead; null while no player holds the video. */
  readonly frame: number | null;
  /** In and out marks, either may be missing. */
  readonly markInUs: number | null;
  readonly markOutUs: number | null;
  readonly previews: readonly SpanPreview[];
  /** Where the pointer rests, for the hairline; null outside. */
  readonly hoverX: number | null;
  /** Time that an edge has snapped to. */
  readonly guideUs: number | null;
  /** Two corners of the selection rectangle, canvas pixels. */
  readonly marquee:
    readonly [{ readonly x: number; readonly y: number }, { readonly x: number; readonly y: number }] | null;
  /** Stretch that playback keeps to. */
  readonly loop: Span | null;
}
