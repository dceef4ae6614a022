import type { FrameTable } from '#preload/domain/frame-table.ts';

/** The part of a `<video>` element that playback uses. */
export type PlayerMedia = Pick<
  HTMLVideoElement,
  | 'currentTime'
  | 'duration'
  | 'playbackRate'
  | 'readyState'
  | 'volume'
  | 'muted'
  | 'play'
  | 'pause'
  | 'addEventListener'
  | 'removeEventListener'
  | 'requestVideoFrameCallback'
  | 'cancelVideoFrameCallback'
>;

export interface SeekHooks {
  /** The player has been told to go to `frame`. */
  issued(frame: number): void;
  /** It has finished with `frame`, the one asked for last. Its picture may still be a moment away. */
  arrived(frame: number): void;
}

const haveMetadata = 1;

/**
 * Brings frames of one media element on screen, one seek in flight at a time: wishes that come while the player is
 * still busy replace each other, so a held key or a fast drag never builds a queue.
 */
export class FrameSeeker {
  readonly #media: PlayerMedia;
  readonly #table: FrameTable;
  readonly #hooks: SeekHooks;
  #inFlight: number | null = null;
  #wanted: number | null = null;

  constructor(media: PlayerMedia, table: FrameTable, hooks: SeekHooks) {
    this.#media = media;
    this.#table = table;
    this.#hooks = hooks;
    media.addEventListener('seeked', this.#onSeeked);
    media.addEventListener('loadedmetadata', this.#next);
    media.addEventListener('emptied', this.#forget);
  }

  /** Whether a seek is under way or waiting. */
  get busy(): boolean {
    return this.#inFlight !== null || this.#wanted !== null;
  }

  /** Seeks to the middle of `frame`, where no rounding of the player can show a neighbour. */
  show(frame: number): void {
    this.#wanted = frame;
    this.#next();
  }

  dispose(): void {
    this.#media.removeEventListener('seeked', this.#onSeeked);
    this.#media.removeEventListener('loadedmetadata', this.#next);
    this.#media.removeEventListener('emptied', this.#forget);
    this.#forget();
  }

  readonly #next = (): void => {
    if (this.#inFlight !== null || this.#wanted === null || this.#media.readyState < haveMetadata) return;
    this.#inFlight = this.#wanted;
    this.#wanted = null;
    this.#hooks.issued(this.#inFlight);
    this.#media.currentTime = this.#table.middleUs(this.#inFlight) / 1e6;
  };

  readonly #onSeeked = (): void => {
    const arrived = this.#inFlight;
    this.#inFlight = null;
    if (arrived !== null && this.#wasCutOff(arrived)) this.#wanted ??= arrived;
    if (this.#wanted !== null) this.#next();
    else if (arrived !== null) this.#hooks.arrived(arrived);
  };

  /**
   * Whether a seek ended short of its frame although the file goes on: of one that starts late Chromium learns the true
   * length only while it reads, and until then ends every seek at the length it believes in.
   */
  #wasCutOff(frame: number): boolean {
    const { currentTime, duration } = this.#media;
    return currentTime < this.#table.startUs(frame) / 1e6 && currentTime < duration;
  }

  readonly #forget = (): void => {
    this.#inFlight = null;
    this.#wanted = null;
  };
}
