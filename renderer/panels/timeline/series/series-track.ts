import { ownUsOf, recordingLevels, recordingTileUs, tileFields, type TrackScale } from '#preload/domain/recording.ts';
import { t } from '../../../language/language.ts';
import type { TileSource } from '../tile-cache.ts';
import { decimal } from '../../../ui/quantities.ts';

/** A column of a recording as the timeline draws it. */
export interface SeriesTrack {
  /** Recording and column: one of a video. */
  readonly key: string;
  readonly recordingId: number;
  readonly column: number;
  readonly name: string;
  /** A line of it stands out from the background. */
  readonly ink: string;
  readonly scale: TrackScale;
  readonly heightPx: number;
  /** How its clock lies to the video's. */
  readonly offsetUs: number;
  readonly rate: number;
  /** What is known of its values; null until they have been read. */
  readonly facts: { readonly low: number; readonly high: number; readonly stepUs: number } | null;
  /** What is said in its place while there is nothing to draw. */
  readonly words: string;
  /** Tiles of what is in view; null until it has been read. */
  readonly drawn: TileSource<Float64Array> | null;
  /** Tiles of single samples, for reading values. */
  readonly exact: TileSource<Float64Array> | null;
}

/** Heights of a track. */
export const seriesHeights = { full: 46, low: 20 } as const;

/** The level at which a tile is at least this wide, so that a screen takes few of them. */
const tilePx = 700;

/** The level of tiles for so many microseconds of the recording in a pixel. */
export const levelForView = (ownUsPerPx: number): number => levelOf(ownUsPerPx * tilePx);

/** So many samples are in a tile from which values are read: far fewer than it may hold, since sensors have bursts. */
const samplesInTile = 1024;

/** The level at which tiles hold single samples. */
export const levelForReading = (stepUs: number): number => levelOf((stepUs * samplesInTile) / 2);

const levelOf = (lengthUs: number): number =>
  Math.min(recordingLevels - 1, Math.max(0, Math.ceil(Math.log2(Math.max(1, lengthUs) / recordingTileUs(0)))));

/** A value longer from the next than so many steps says nothing of what lies between. */
export const gapSteps = 8;

/** What a recording says at a moment: one value, or the lowest and highest of many; null in a gap. */
export interface ReadValue {
  readonly low: number;
  readonly high: number;
  readonly ownUs: number;
}

/**
 * The value of a track at a moment of the video, of the sample that is nearest; null where there is none near, undefined
 * while it is on its way.
 */
export function valueAt(track: SeriesTrack, videoUs: number): ReadValue | null | undefined {
  const { facts, exact } = track;
  if (!facts || !exact) return undefined;
  const ownUs = ownUsOf(track, videoUs);
  if (ownUs < -gapSteps * facts.stepUs) return null;
  const level = levelForReading(facts.stepUs);
  const entries = exact.want(level, Math.max(0, Math.floor(ownUs / recordingTileUs(level))));
  return entries && nearestEntry(entries, ownUs, facts.stepUs);
}

/** The entry of a tile that holds a moment or is nearest to it, no farther than a gap is. Pure. */
export function nearestEntry(entries: Float64Array, ownUs: number, stepUs: number): ReadValue | null {
  let [low, high] = [0, entries.length / tileFields];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle * tileFields + 1]! < ownUs) low = middle + 1;
    else high = middle;
  }
  const away = (at: number): number =>
    at < 0 || at >= entries.length / tileFields
      ? Infinity
      : Math.max(entries[at * tileFields]! - ownUs, ownUs - entries[at * tileFields + 1]!, 0);
  const nearest = away(low - 1) < away(low) ? low - 1 : low;
  if (!(away(nearest) <= Math.max(gapSteps * stepUs, 1))) return null;
  const [first, , least, most] = entries.subarray(nearest * tileFields, (nearest + 1) * tileFields);
  return Number.isNaN(least!) ? null : { low: least!, high: most!, ownUs: first! };
}

/** A value as it is read: as many places as its range needs. */
export function valueWords(value: number, { low, high }: { readonly low: number; readonly high: number }): string {
  const range = Math.max(high - low, Math.abs(value) * 1e-6);
  const places = range > 0 ? Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(range)))) : 3;
  const text =
    Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-5) ? value.toPrecision(5) : decimal(value, places);
  return text.replace('-', '−');
}

/** What a track says at a moment, in words. */
export const readWords = (read: ReadValue | null | undefined, facts: SeriesTrack['facts']): string => {
  if (read === undefined || !facts) return '';
  if (read === null) return t('no value');
  const low = valueWords(read.low, facts);
  return read.low === read.high ? low : `${low} … ${valueWords(read.high, facts)}`;
};
