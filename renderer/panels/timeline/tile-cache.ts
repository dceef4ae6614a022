import { pictureSlot } from '../../backend/picture-slots.ts';

/** Tiles of time: asked for as they are drawn, `settle` when all in view have been. */
export interface TileSource<Tile> {
  want(level: number, tile: number): Tile | null | undefined;
  peek(level: number, tile: number): Tile | null | undefined;
  settle(): void;
}

/** What a cache of tiles keeps and where it gets it. */
export interface TileReading<Tile> {
  /** So many are kept. */
  readonly most: number;
  /** One tile; null where there is none. */
  read(level: number, tile: number, signal: AbortSignal): Promise<Tile | null>;
  /** Called after every tile that came in. */
  onArrived(): void;
  /** Frees what a tile holds. */
  release?(tile: Tile): void;
}

/** Tiles of time at several levels of detail: answers what is there and fetches what is missing and still in view. */
export class TileCache<Tile> implements TileSource<Tile> {
  readonly #reading: TileReading<Tile>;
  readonly #tiles = new Map<string, Tile | null>();
  readonly #fetching = new Map<string, AbortController>();
  #wanted = new Set<string>();

  constructor(reading: TileReading<Tile>) {
    this.#reading = reading;
  }

  /** A tile that is in view; undefined while it is on its way, null where it could not be had. */
  want(level: number, tile: number): Tile | null | undefined {
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
  peek(level: number, tile: number): Tile | null | undefined {
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

  /** Gives up what is being fetched and frees the tiles. */
  clear(): void {
    for (const abort of this.#fetching.values()) abort.abort();
    this.#fetching.clear();
    for (const tile of this.#tiles.values()) this.#release(tile);
    this.#tiles.clear();
  }

  #fetch(key: string, level: number, tile: number): void {
    const abort = new AbortController();
    const { signal } = abort;
    this.#fetching.set(key, abort);
    void this.#reading
      .read(level, tile, signal)
      .then(
        (read) => {
          if (signal.aborted) this.#release(read);
          else this.#keep(key, read);
        },
        // Given up, it is asked for again once it is in view; one that fails is not.
        () => {
          if (!signal.aborted) this.#keep(key, null);
        },
      )
      .finally(() => {
        if (signal.aborted) return;
        this.#fetching.delete(key);
        this.#reading.onArrived();
      });
  }

  #keep(key: string, tile: Tile | null): void {
    this.#tiles.set(key, tile);
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size <= this.#reading.most || oldest === undefined) return;
    this.#release(this.#tiles.get(oldest));
    this.#tiles.delete(oldest);
  }

  #release(tile: Tile | null | undefined): void {
    if (tile !== null && tile !== undefined) this.#reading.release?.(tile);
  }
}

/** The bytes at an address, when it is their turn; null where there are none. */
export async function fetchTile(address: string, signal: AbortSignal): Promise<ArrayBuffer | null> {
  const giveBack = await pictureSlot(signal);
  try {
    const response = await fetch(address, { signal });
    return response.status === 200 ? await response.arrayBuffer() : null;
  } finally {
    giveBack();
  }
}
