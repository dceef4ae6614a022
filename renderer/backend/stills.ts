import { addresses } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { t } from '../language/language.ts';
import { failureIn } from './failures.ts';

/** Encoded pictures that are kept: stepping to and fro asks for nothing twice. */
const keptPictures = 64;
/** How long to wait before a backend that does not answer is asked again. */
const askAgainMs = 1000;

/**
 * Pictures of a video's frames at the player's size, for as long as the video itself cannot be played. They hold the one
 * connection that the player would hold, so they do not wait behind small pictures.
 */
export class Stills {
  readonly #videoId: number;
  readonly #table: FrameTable;
  readonly #width: number;
  readonly #kept = new Map<number, Blob>();
  #ahead: { readonly frame: number; readonly picture: Promise<Blob>; readonly abort: AbortController } | null = null;

  /** `width` of the pictures in device pixels; small videos stay as they are. */
  constructor(videoId: number, table: FrameTable, width: number) {
    this.#videoId = videoId;
    this.#table = table;
    this.#width = width;
  }

  /** Rejects with a `Failure` where the frame cannot be decoded; waits for a backend that is away. */
  async load(frame: number, signal: AbortSignal): Promise<ImageBitmap> {
    const picture = this.#ahead?.frame === frame ? this.#ahead.picture : this.#kept.get(frame);
    if (this.#ahead && this.#ahead.frame !== frame) this.dropAhead();
    return createImageBitmap(await (picture ?? this.#fetch(frame, signal)));
  }

  /** Fetches a frame that may be asked for next, unless another is asked for meanwhile. */
  expect(frame: number): void {
    this.dropAhead();
    if (this.#kept.has(frame)) return;
    const abort = new AbortController();
    const picture = this.#fetch(frame, abort.signal);
    const ahead = { frame, picture, abort };
    this.#ahead = ahead;
    const over = (): void => {
      if (this.#ahead === ahead) this.#ahead = null;
    };
    // Whoever asks for this frame is told of its failure then.
    picture.then(over, over);
  }

  /** Gives up what was fetched only in case. */
  dropAhead(): void {
    this.#ahead?.abort.abort();
    this.#ahead = null;
  }

  async #fetch(frame: number, signal: AbortSignal): Promise<Blob> {
    const response = await this.#answer(
      addresses.thumbnail(this.#videoId, this.#table.startUs(frame), this.#width),
      signal,
    );
    if (!response.ok)
      throw await failureIn(response, new Failure('unreadable-video', verbatim(t('This frame could not be decoded.'))));
    const picture = await response.blob();
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= keptPictures && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(frame, picture);
    return picture;
  }

  async #answer(address: string, signal: AbortSignal): Promise<Response> {
    for (;;) {
      try {
        return await fetch(address, { signal });
      } catch (error) {
        if (signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, askAgainMs));
        signal.throwIfAborted();
      }
    }
  }
}
