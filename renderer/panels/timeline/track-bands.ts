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
  /** Those of sensors, one below the other. */
  readonly series: readonly (TrackBand & { readonly key: string })[];
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
 * Bands for a canvas of `heightPx`. Where that is low, first what sensors measured scrolls with the rows instead of
 * standing still, then the spectrogram, the waveform, the curves, then the filmstrip.
 */
export function trackBands(
  heightPx: number,
  shown: ShownTracks,
  series: readonly { readonly key: string; readonly heightPx: number }[] = [],
): TrackBands {
  const fixed = tracksInOrder.filter((track) => shown[track]);
  const tracks = [
    ...fixed.map((track) => ({ name: track as string, group: track as string, heightPx: heights[track] })),
    ...series.map((each) => ({ name: each.key, group: 'series', heightPx: each.heightPx })),
  ];
  const standing = new Set(tracks.map(({ group }) => group));
  const rowsPx = (): number =>
    heightPx - rulerPx - sum(tracks.map((track) => (standing.has(track.group) ? track.heightPx : 0)));
  const least = Math.max(leastRowsPx, heightPx * leastRowsShare);
  for (const group of ['series', ...firstToScroll]) if (rowsPx() < least) standing.delete(group);
  const scrolling = tracks.filter(({ group }) => !standing.has(group));
  const scrollingPx = sum(scrolling.map((track) => track.heightPx));
  const rowsY = rulerPx + sum(tracks.map((track) => track.heightPx)) - scrollingPx;
  const placed = new Map<string, TrackBand>();
  let y = rulerPx;
  // Those that stand first; the first row follows on those that scroll, so they begin above it.
  for (const scrolls of [false, true]) {
    if (scrolls) y = rowsY - scrollingPx;
    for (const track of tracks) {
      if (standing.has(track.group) === scrolls) continue;
      placed.set(track.name, { y, heightPx: track.heightPx, scrolls });
      y += track.heightPx;
    }
  }
  return {
    ruler: { y: 0, heightPx: rulerPx },
    filmstrip: placed.get('filmstrip') ?? null,
    waveform: placed.get('waveform') ?? null,
    spectrogram: placed.get('spectrogram') ?? null,
    curves: placed.get('curves') ?? null,
    series: series.map(({ key }) => ({ key, ...placed.get(key)! })),
    rows: { y: rowsY, heightPx: Math.max(0, heightPx - rowsY) },
    scrollingPx,
  };
}

const heights = {
  filmstrip: filmstripPx,
  waveform: waveformPx,
  spectrogram: spectrogramPx,
  curves: curvesPx,
} as const satisfies Record<keyof ShownTracks, number>;

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
