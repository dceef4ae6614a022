import type { FrameTable } from '#preload/domain/frame-table.ts';

/** The display's clock: milliseconds, and a call before the next picture. */
export interface FrameClock {
  now(): number;
  request(callback: () => void): number;
  cancel(handle: number): void;
}

/** The real one. */
export const displayClock: FrameClock = {
  now: () => performance.now(),
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};

/**
 * Plays backwards, which no browser's player can: the clock says which frame is due, and that one is asked for. Frames
 * are skipped, never queued, where the player cannot keep up.
 */
export class ReversePlay {
  readonly #table: FrameTable;
  readonly #onDue: (frame: number) => boolean;
  readonly #clock: FrameClock;
  #handle: number | null = null;
  #speed = 1;
  #fromUs = 0;
  #sinceMs = 0;
  #lastFrame = 0;

  /** `onDue` answers whether it took the frame; one that it did not take is offered again. */
  constructor(table: FrameTable, onDue: (frame: number) => boolean, clock: FrameClock = displayClock) {
    this.#table = table;
    this.#onDue = onDue;
    this.#clock = clock;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Starts at `frame`, or changes speed there; `speed` is positive. */
  play(frame: number, speed: number): void {
    this.#speed = speed;
    this.#restart(frame);
    if (this.#handle === null) this.#handle = this.#clock.request(this.#tick);
  }

  /** Goes on backwards from another frame; nothing happens while it is not playing. */
  moveTo(frame: number): void {
    if (this.#handle !== null) this.#restart(frame);
  }

  stop(): void {
    if (this.#handle !== null) this.#clock.cancel(this.#handle);
    this.#handle = null;
  }

  #restart(frame: number): void {
    this.#fromUs = this.#table.middleUs(frame);
    this.#sinceMs = this.#clock.now();
    this.#lastFrame = frame;
  }

  readonly #tick = (): void => {
    this.#handle = this.#clock.request(this.#tick);
    const dueUs = this.#fromUs - (this.#clock.now() - this.#sinceMs) * 1000 * this.#speed;
    const frame = this.#table.frameAt(dueUs);
    if (frame !== this.#lastFrame && this.#onDue(frame)) this.#lastFrame = frame;
  };
}
