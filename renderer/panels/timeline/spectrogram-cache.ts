import { addresses } from '#preload/contract/contract.ts';
import { spectrogramTile } from '#preload/domain/spectrogram.ts';
import type { Ink } from './timeline-palette.ts';
import { fetchTile, TileCache } from './tile-cache.ts';

/** 64 kB each. */
const mostTiles = 150;

const { columns, bands } = spectrogramTile;

/** Pictures of a spectrogram's tiles in `ink`; `onArrived` is called after every tile that came in. */
export const spectrogramCache = (videoId: number, ink: Ink, onArrived: () => void): TileCache<ImageBitmap> =>
  new TileCache({
    most: mostTiles,
    onArrived,
    release: (picture) => picture.close(),
    read: async (level, tile, signal) => {
      const bytes = await fetchTile(addresses.spectrogram(videoId, level, tile), signal);
      return bytes && createImageBitmap(pictureOf(new Uint8Array(bytes), ink));
    },
  });

/** A tile as a picture: the louder, the more of the ink; the lowest band at the foot. */
export function pictureOf(tile: Uint8Array, [red, green, blue]: Ink): ImageData {
  const picture = new ImageData(columns, bands);
  for (let column = 0; column < columns; column += 1)
    for (let band = 0; band < bands; band += 1) {
      const at = 4 * ((bands - 1 - band) * columns + column);
      const loudness = (tile[column * bands + band] ?? 0) / 255;
      picture.data.set([red, green, blue, Math.round(255 * loudness ** 1.6)], at);
    }
  return picture;
}
