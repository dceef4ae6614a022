/** One horizontal band of the canvas, CSS pixels from its top. */
export interface Band {
  readonly y: number;
  readonly heightPx: number;
}

/** Which tracks above the rows are shown. */
export interface ShownTracks {
  readonly filmstrip: boolean;
  readonly waveform: boolean;
  readonly curves: boolean;
}

/**
 * The tracks that have, or may get, something to show for a video. What is on its way keeps its place, so that nothing
 * moves when it comes.
 */
export const tracksOf = (
  wanted: ShownTracks,
  video: { readonly missing: boolean; readonly hasAudio: boolean },
): ShownTracks => ({
  filmstrip: wanted.filmstrip && !video.missing,
  waveform: wanted.waveform && video.hasAudio && !video.missing,
  curves: wanted.curves,
});

/** The canvas from top to bottom; a track that is not shown has no band. */
export interface TrackBands {
  readonly ruler: Band;
  readonly filmstrip: Band | null;
  readonly waveform: Band | null;
  readonly curves: Band | null;
  /** The rest: the rows, which scroll. */
  readonly rows: Band;
}

const rulerPx = 24;
const filmstripPx = 46;
const waveformPx = 34;
const curvesPx = 44;
/** The rows keep at least this much, and this share of the canvas; tracks above give way from the lowest worth. */
const leastRowsPx = 72;
const leastRowsShare = 0.45;

/** Bands for a canvas of `heightPx`. Where that is low, first the waveform goes, then the curves, then the filmstrip. */
export function trackBands(heightPx: number, shown: ShownTracks): TrackBands {
  let { waveform, curves, filmstrip } = shown;
  const rowsPx = (): number =>
    heightPx - rulerPx - (filmstrip ? filmstripPx : 0) - (waveform ? waveformPx : 0) - (curves ? curvesPx : 0);
  const least = Math.max(leastRowsPx, heightPx * leastRowsShare);
  if (rowsPx() < least) waveform = false;
  if (rowsPx() < least) curves = false;
  if (rowsPx() < least) filmstrip = false;
  let y = 0;
  const band = (height: number): Band => {
    const next = { y, heightPx: height };
    y += height;
    return next;
  };
  return {
    ruler: band(rulerPx),
    filmstrip: filmstrip ? band(filmstripPx) : null,
    waveform: waveform ? band(waveformPx) : null,
    curves: curves ? band(curvesPx) : null,
    rows: band(Math.max(0, heightPx - y)),
  };
}
