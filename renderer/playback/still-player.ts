import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { PlayerMedia } from './frame-seeker.ts';
import { displayClock, type FrameClock } from './reverse-play.ts';

/** Where a still player has its pictures from, and where it shows them. */
export interface StillSource<Picture> {
  /** The picture of a frame. Rejects where there is none to be had. */
  load(frame: number, signal: AbortSignal): Promise<Picture>;
  /** A frame that may be asked for next. */
  expect(frame: number): void;
  /** Puts the picture of the latest wish on screen, or says why there is none. */
  show(picture: Picture | Error): void;
}

/**
 * Stands in for a `<video>` whose file the browser cannot play: shows single pictures, decoded elsewhere, of the frames
 * that it is sent to. Plays at the right pace by leaving out the frames that it cannot have in time, without sound.
 */
export class StillPlayer<Picture> extends EventTarget implements PlayerMedia {
  readonly #table: FrameTable;
  readonly #source: StillSource<Picture>;
  readonly #clock: FrameClock;
  readonly duration: number;
  readonly readyState = 4;
  volume = 1;
  muted = false;
  #rate = 1;
  #atUs: number;
  #shown = -1;
  #loading = new AbortController();
  /** Where and when play began, or went on from a seek; null while it is paused. */
  #played: { readonly fromUs: number; readonly sinceMs: number } | null = null;
  #isLoading = false;
  #tick: number | null = null;
  #onFrame: VideoFrameRequestCallback | null = null;

  constructor(table: FrameTable, source: StillSource<Picture>, clock: FrameClock = displayClock) {
    super();
    this.#table = table;
    this.#source = source;
    this.#clock = clock;
    this.#atUs = table.firstStartUs;
    this.duration = table.lastEndUs / 1e6;
  }

  get currentTime(): number {
    return this.#atUs / 1e6;
  }

  set currentTime(seconds: number) {
    this.#atUs = seconds * 1e6;
    void this.#bring(this.#table.frameAt(this.#atUs), true);
  }

  get playbackRate(): number {
    return this.#rate;
  }

  set playbackRate(rate: number) {
    this.#rate = rate;
    if (this.#played) this.#playFrom(this.#atUs);
  }

  async play(): Promise<void> {
    this.#playFrom(this.#atUs);
    this.#tick ??= this.#clock.request(this.#onTick);
    return Promise.resolve();
  }

  pause(): void {
    this.#played = null;
    if (this.#tick !== null) this.#clock.cancel(this.#tick);
    this.#tick = null;
  }

  /** One callback at a time, which is what the shuttle needs. */
  requestVideoFrameCallback(callback: VideoFrameRequestCallback): number {
    this.#onFrame = callback;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#onFrame = null;
  }

  /** Gives up what is being fetched; nothing is shown any more. */
  dispose(): void {
    this.pause();
    this.#onFrame = null;
    this.#loading.abort();
  }

  #playFrom(fromUs: number): void {
    this.#played = { fromUs, sinceMs: this.#clock.now() };
  }

  readonly #onTick = (): void => {
    this.#tick = this.#clock.request(this.#onTick);
    if (!this.#played || this.#isLoading) return;
    const { fromUs, sinceMs } = this.#played;
    const dueUs = fromUs + (this.#clock.now() - sinceMs) * 1000 * this.#rate;
    const isOver = dueUs >= this.#table.lastEndUs;
    const frame = this.#table.frameAt(dueUs);
    this.#atUs = Math.min(dueUs, this.#table.lastEndUs);
    if (isOver) this.pause();
    if (frame !== this.#shown) void this.#bring(frame, false, isOver);
    else if (isOver) this.dispatchEvent(new Event('ended'));
  };

  /** Shows a frame, and tells of it as a `<video>` does. */
  async #bring(frame: number, isSeek: boolean, isLast = false): Promise<void> {
    this.#loading.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#isLoading = true;
    const picture = await this.#source
      .load(frame, signal)
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (signal.aborted) return;
    this.#source.show(picture);
    this.#isLoading = false;
    const direction = frame >= this.#shown ? 1 : -1;
    this.#shown = frame;
    // What was fetched for a seek took its time: play goes on from there.
    if (isSeek && this.#played) this.#playFrom(this.#atUs);
    if (isSeek) this.dispatchEvent(new Event('seeked'));
    const onFrame = this.#onFrame;
    this.#onFrame = null;
    onFrame?.(this.#clock.now(), { mediaTime: this.#table.startUs(frame) / 1e6 } as VideoFrameCallbackMetadata);
    if (isLast) this.dispatchEvent(new Event('ended'));
    const next = frame + direction;
    if (!this.#played && !signal.aborted && next >= 0 && next < this.#table.frameCount) this.#source.expect(next);
  }
}
