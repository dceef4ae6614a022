import { addresses } from '#preload/contract/contract.ts';
import { spectrogramTile } from '#preload/domain/spectrogram.ts';
import { pictureSlot } from '../../backend/picture-slots.ts';
import type { Ink } from './timeline-palette.ts';
import type { SpectrogramSource } from './timeline-scene.ts';

/** 64 kB each. */
const mostTiles = 150;

const { columns, bands } = spectrogramTile;

/** Pictures of a spectrogram's tiles: answers what is there and fetches what is missing and still in view. */
export class SpectrogramCache implements SpectrogramSource {
  readonly #videoId: number;
  readonly #ink: Ink;
  readonly #onArrived: () => void;
  readonly #tiles = new Map<string, ImageBitmap | null>();
  readonly #fetching = new Map<string, AbortController>();
  #wanted = new Set<string>();

  /** `onArrived` is called after every tile that came in. */
  constructor(videoId: number, ink: Ink, onArrived: () => void) {
    this.#videoId = videoId;
    this.#ink = ink;
    this.#onArrived = onArrived;
  }

  /** The picture of a tile that is in view; undefined while it is on its way, null where it could not be had. */
  want(level: number, tile: number): ImageBitmap | null | undefined {
    const key = `${level}:${tile}`;
    this.#wanted.add(key);
    const known = this.#tiles.get(key);
    if (known === undefined) {
      if (!this.#fetching.has(key)) this.#fetch(key, level, tile);
      return undefined;
    }
    // Back to the end of the line of those to be dropped.
    this.#tiles.delete(key);
    this.#tiles.set(key, known);
    return known;
  }

  /** What is at hand, fetched or not. */
  peek(level: number, tile: number): ImageBitmap | null | undefined {
    return this.#tiles.get(`${level}:${tile}`);
  }

  /** All in view has been asked for: what is no longer wanted is not fetched any further. */
  settle(): void {
    for (const [key, abort] of this.#fetching) {
      if (this.#wanted.has(key)) continue;
      abort.abort();
      // At once: back in view, it is asked for again before this fetch has heard that it is over.
      this.#fetching.delete(key);
    }
    this.#wanted = new Set();
  }

  /** Gives up what is being fetched and frees the pictures. */
  clear(): void {
    for (const abort of this.#fetching.values()) abort.abort();
    this.#fetching.clear();
    for (const picture of this.#tiles.values()) picture?.close();
    this.#tiles.clear();
  }

  #fetch(key: string, level: number, tile: number): void {
    const abort = new AbortController();
    const { signal } = abort;
    this.#fetching.set(key, abort);
    void this.#read(level, tile, signal)
      .then(
        (picture) => {
          if (signal.aborted) picture?.close();
          else this.#keep(key, picture);
        },
        // Given up, it is asked for again once it is in view; one that fails is not.
        () => {
          if (!signal.aborted) this.#keep(key, null);
        },
      )
      .finally(() => {
        if (signal.aborted) return;
        this.#fetching.delete(key);
        this.#onArrived();
      });
  }

  async #read(level: number, tile: number, signal: AbortSignal): Promise<ImageBitmap | null> {
    const giveBack = await pictureSlot(signal);
    try {
      const response = await fetch(addresses.spectrogram(this.#videoId, level, tile), { signal });
      if (response.status !== 200) return null;
      return await createImageBitmap(pictureOf(new Uint8Array(await response.arrayBuffer()), this.#ink));
    } finally {
      giveBack();
    }
  }

  #keep(key: string, picture: ImageBitmap | null): void {
    this.#tiles.set(key, picture);
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size <= mostTiles || oldest === undefined) return;
    this.#tiles.get(oldest)?.close();
    this.#tiles.delete(oldest);
  }
}

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
