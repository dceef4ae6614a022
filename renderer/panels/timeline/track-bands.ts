/** One horizontal band of the canvas, CSS pixels from its top. */
export interface Band {
  readonly y: number;
  readonly heightPx: number;
}

/** Which tracks above the rows are shown. */
export interface ShownTracks {
  readonly filmstrip: boolean;
  readonly waveform: boolean;
  readonly spectrogram: boolean;
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
  spectrogram: wanted.spectrogram && video.hasAudio && !video.missing,
  curves: wanted.curves,
});

/** A track above the rows. */
export interface TrackBand extends Band {
  /** It scrolls with the rows: where it stands, and whether it is seen, depends on how far they are scrolled. */
  readonly scrolls: boolean;
}

/** The canvas from top to bottom; a track that is not shown has no band. */
export interface TrackBands {
  readonly ruler: Band;
  readonly filmstrip: TrackBand | null;
  readonly waveform: TrackBand | null;
  readonly spectrogram: TrackBand | null;
  readonly curves: TrackBand | null;
  /** The rest: the rows, which scroll. */
  readonly rows: Band;
  /** Height of the tracks that scroll, above the first row; 0 where all stand still. */
  readonly scrollingPx: number;
}

const rulerPx = 24;
const filmstripPx = 46;
const waveformPx = 34;
const spectrogramPx = 56;
const curvesPx = 44;
/** What scrolls keeps at least this much, and this share of the canvas. */
const leastRowsPx = 72;
const leastRowsShare = 0.45;

/**
 * Bands for a canvas of `heightPx`. Where that is low, first the spectrogram scrolls with the rows instead of standing
 * still, then the waveform, the curves, then the filmstrip.
 */
export function trackBands(heightPx: number, shown: ShownTracks): TrackBands {
  const heights = {
    filmstrip: filmstripPx,
    waveform: waveformPx,
    spectrogram: spectrogramPx,
    curves: curvesPx,
  } as const;
  const standing = { ...shown };
  const rowsPx = (): number =>
    heightPx - rulerPx - sum(tracksInOrder.map((track) => (standing[track] ? heights[track] : 0)));
  const least = Math.max(leastRowsPx, heightPx * leastRowsShare);
  for (const track of firstToScroll) if (rowsPx() < least) standing[track] = false;
  let y = rulerPx;
  const stack = (track: keyof ShownTracks, scrolls: boolean): TrackBand => {
    const band = { y, heightPx: heights[track], scrolls };
    y += band.heightPx;
    return band;
  };
  const bands: { -readonly [Track in keyof ShownTracks]: TrackBand | null } = {
    filmstrip: null,
    waveform: null,
    spectrogram: null,
    curves: null,
  };
  for (const track of tracksInOrder) if (standing[track]) bands[track] = stack(track, false);
  const rows = { y, heightPx: Math.max(0, heightPx - y) };
  const scrolling = tracksInOrder.filter((track) => shown[track] && !standing[track]);
  const scrollingPx = sum(scrolling.map((track) => heights[track]));
  y -= scrollingPx;
  for (const track of scrolling) bands[track] = stack(track, true);
  return { ruler: { y: 0, heightPx: rulerPx }, ...bands, rows, scrollingPx };
}

/** Where a band is while the rows are scrolled down by so much. */
export const bandAt = (band: TrackBand, scrollPx: number): TrackBand =>
  band.scrolls ? { ...band, y: band.y - scrollPx } : band;

const tracksInOrder = [
  'filmstrip',
  'waveform',
  'spectrogram',
  'curves',
] as const satisfies readonly (keyof ShownTracks)[];
const firstToScroll = [
  'spectrogram',
  'waveform',
  'curves',
  'filmstrip',
] as const satisfies readonly (keyof ShownTracks)[];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
