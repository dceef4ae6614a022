import { durationUs, type Span } from '#preload/domain/span.ts';

/** Which stretch of time a canvas shows: pixel 0 is `startUs`, each pixel `usPerPx` further. */
export interface TimeScale {
  readonly startUs: number;
  readonly usPerPx: number;
  readonly widthPx: number;
}

/** What may be shown: the video, with a little room at both ends so that its edges can be grabbed. */
export interface TimeLimits {
  readonly span: Span;
  /** The closest zoom. */
  readonly minUsPerPx: number;
}

/** Room beyond each end of the video, pixels. */
const endRoomPx = 16;

/** Widest that one frame gets, pixels. */
const maxFramePx = 64;

/** Limits of a video from its first to its last frame's end. `frameUs` is a typical frame's length. */
export const timeLimits = (span: Span, frameUs: number): TimeLimits => ({
  span: { startUs: Math.min(0, span.startUs), endUs: span.endUs },
  minUsPerPx: frameUs / maxFramePx,
});

export const xOf = (scale: TimeScale, us: number): number => (us - scale.startUs) / scale.usPerPx;

export const usAt = (scale: TimeScale, x: number): number => scale.startUs + x * scale.usPerPx;

/** What the canvas shows; reaches beyond the video at its ends. */
export const visibleSpan = (scale: TimeScale): Span => ({ startUs: scale.startUs, endUs: usAt(scale, scale.widthPx) });

const fullUsPerPx = (limits: TimeLimits, widthPx: number): number =>
  durationUs(limits.span) / Math.max(1, widthPx - 2 * endRoomPx);

/** The nearest scale that lies within the limits. */
export function clampScale(scale: TimeScale, limits: TimeLimits): TimeScale {
  const widest = fullUsPerPx(limits, scale.widthPx);
  const usPerPx = Math.min(Math.max(scale.usPerPx, Math.min(limits.minUsPerPx, widest)), widest);
  const room = endRoomPx * usPerPx;
  const first = limits.span.startUs - room;
  const last = limits.span.endUs + room - scale.widthPx * usPerPx;
  return { widthPx: scale.widthPx, usPerPx, startUs: Math.max(first, Math.min(scale.startUs, Math.max(first, last))) };
}

/** Zooms by `factor` (above 1: closer) so that the time under pixel `x` stays there, as far as the limits allow. */
export function zoomAt(scale: TimeScale, x: number, factor: number, limits: TimeLimits): TimeScale {
  const { usPerPx } = clampScale({ ...scale, usPerPx: scale.usPerPx / factor }, limits);
  return clampScale({ ...scale, usPerPx, startUs: usAt(scale, x) - x * usPerPx }, limits);
}

/** Moves the view by `px` pixels to later times. */
export const panBy = (scale: TimeScale, px: number, limits: TimeLimits): TimeScale =>
  clampScale({ ...scale, startUs: scale.startUs + px * scale.usPerPx }, limits);

/** The whole video. */
export const fitVideo = (widthPx: number, limits: TimeLimits): TimeScale =>
  clampScale({ startUs: 0, usPerPx: Number.MAX_VALUE, widthPx }, limits);

/** `span` in the middle, with a third of its length to each side. */
export function fitSpan(widthPx: number, span: Span, limits: TimeLimits): TimeScale {
  const shownUs = durationUs(span) * (5 / 3);
  const usPerPx = shownUs / widthPx;
  const middleUs = (span.startUs + span.endUs) / 2;
  const { usPerPx: allowed } = clampScale({ startUs: 0, usPerPx, widthPx }, limits);
  return clampScale({ widthPx, usPerPx: allowed, startUs: middleUs - (allowed * widthPx) / 2 }, limits);
}

/** The same zoom, moved only as far as needed to show `us` with a margin; unchanged where it is in view already. */
export function bringIntoView(scale: TimeScale, us: number, limits: TimeLimits): TimeScale {
  const x = xOf(scale, us);
  const margin = Math.min(48, scale.widthPx / 4);
  if (x >= 0 && x <= scale.widthPx) return scale;
  return panBy(scale, x < 0 ? x - margin : x - scale.widthPx + margin, limits);
}

/** While playing: as a page is turned, so that the picture of the timeline stands still in between. */
export function turnPage(scale: TimeScale, us: number, limits: TimeLimits): TimeScale {
  const x = xOf(scale, us);
  if (x >= 0 && x <= scale.widthPx - endRoomPx) return scale;
  return panBy(scale, x < 0 ? x - scale.widthPx * 0.9 : x - scale.widthPx * 0.1, limits);
}

/**
 * For one stretch after the other: the zoom stays while the stretch fills between a twelfth and three quarters of the
 * view, and its middle comes to the middle; otherwise as `fitSpan`.
 */
export function followSpan(scale: TimeScale, span: Span, limits: TimeLimits): TimeScale {
  const share = durationUs(span) / (scale.usPerPx * scale.widthPx);
  if (share < 1 / 12 || share > 3 / 4) return fitSpan(scale.widthPx, span, limits);
  const middleUs = (span.startUs + span.endUs) / 2;
  return clampScale({ ...scale, startUs: middleUs - (scale.usPerPx * scale.widthPx) / 2 }, limits);
}
