import { addresses } from '#preload/contract/contract.ts';
import { pictureSlot } from '../../backend/picture-slots.ts';
import type { ThumbnailSource } from './timeline-scene.ts';

/** Width asked of the backend; sharp on a display of double density at the filmstrip's height. */
const pictureWidth = 160;
const mostPictures = 400;
const atOnce = 3;
const mostWaiting = 48;
/** A picture nobody asked for again in this long has left the screen. */
const staleMs = 400;

/**
 * The filmstrip's pictures of one video: kept up to a bound, fetched a few at a time, latest wish first, and not at all
 * once they have left the screen.
 */
export class ThumbnailCache implements ThumbnailSource {
  readonly aspect: number;
  readonly #videoId: number;
  readonly #onArrived: () => void;
  readonly #pictures = new Map<number, ImageBitmap | null>();
  readonly #waiting = new Map<number, number>();
  readonly #fetching = new Set<number>();
  #abort = new AbortController();

  /** `onArrived` is called after every picture that came in. */
  constructor(videoId: number, aspect: number, onArrived: () => void) {
    this.#videoId = videoId;
    this.aspect = aspect;
    this.#onArrived = onArrived;
  }

  picture(atUs: number, withinUs: number): CanvasImageSource | null {
    const exact = this.#pictures.get(atUs);
    if (exact) {
      // Back to the end of the line of those to be dropped.
      this.#pictures.delete(atUs);
      this.#pictures.set(atUs, exact);
      return exact;
    }
    if (exact === undefined) this.#want(atUs);
    let nearest: ImageBitmap | null = null;
    let distance = withinUs;
    for (const [us, picture] of this.#pictures) {
      if (picture === null || Math.abs(us - atUs) >= distance) continue;
      distance = Math.abs(us - atUs);
      nearest = picture;
    }
    return nearest;
  }

  /** Gives up what is being fetched and frees the pictures; it can be asked again. */
  clear(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const picture of this.#pictures.values()) picture?.close();
    this.#pictures.clear();
    this.#waiting.clear();
  }

  #want(atUs: number): void {
    if (this.#fetching.has(atUs)) return;
    this.#waiting.delete(atUs);
    this.#waiting.set(atUs, performance.now());
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
    queueMicrotask(() => this.#pump());
  }

  #pump(): void {
    while (this.#fetching.size < atOnce && this.#waiting.size > 0) {
      const [atUs, askedMs] = [...this.#waiting].at(-1)!;
      this.#waiting.delete(atUs);
      if (performance.now() - askedMs > staleMs) continue;
      this.#fetching.add(atUs);
      const { signal } = this.#abort;
      void this.#fetch(atUs, signal).finally(() => {
        this.#fetching.delete(atUs);
        if (signal.aborted) return;
        // Drawing again renews the wishes of what is still on screen and still missing.
        this.#onArrived();
        this.#pump();
      });
    }
  }

  async #fetch(atUs: number, signal: AbortSignal): Promise<void> {
    try {
      const giveBack = await pictureSlot(signal);
      try {
        const response = await fetch(addresses.thumbnail(this.#videoId, atUs, pictureWidth), { signal });
        this.#keep(atUs, response.ok ? await createImageBitmap(await response.blob()) : null, signal);
      } finally {
        giveBack();
      }
    } catch {
      // A picture less: the strip shows its neighbour's instead. It is not asked for again while this video is open.
      this.#keep(atUs, null, signal);
    }
  }

  #keep(atUs: number, picture: ImageBitmap | null, signal: AbortSignal): void {
    if (signal.aborted) {
      picture?.close();
      return;
    }
    this.#pictures.set(atUs, picture);
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size <= mostPictures || oldest === undefined) return;
    this.#pictures.get(oldest)?.close();
    this.#pictures.delete(oldest);
  }
}
