import type { Span } from './span.ts';

/** A spectrogram travels in tiles: so many columns of time by so many bands, the lowest first, a byte each. */
export const spectrogramTile = { columns: 256, bands: 64 } as const;

/** The levels of detail there are: each has columns twice as long as the one before. */
export const spectrogramLevels = 16;

/** Columns of the finest level; shorter ones would show more of the window than of the sound. */
const finestColumnUs = 8_000;

export const spectrogramColumnUs = (level: number): number => finestColumnUs * 2 ** level;

/** The time that a tile covers; the first begins at 0. */
export function spectrogramTileSpan(level: number, tile: number): Span {
  const lengthUs = spectrogramColumnUs(level) * spectrogramTile.columns;
  return { startUs: tile * lengthUs, endUs: (tile + 1) * lengthUs };
}
