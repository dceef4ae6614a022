import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { FrameSeeker, type PlayerMedia } from './frame-seeker.ts';
import { displayClock, type FrameClock } from './reverse-play.ts';
import type { Shuttle } from './shuttle.ts';

/** Of the player that leads. */
type Leader = Pick<Shuttle, 'playhead' | 'state' | 'clock'>;

/** Further off than this while playing, a view is brought back by a seek, else by its speed; microseconds. */
const seekFromUs = 400_000;
/** Closer than this nothing is corrected; a quarter of a frame of 25 a second. */
const closeUs = 8_000;
/** How much of a drift is made up in a second, and the change of speed at most. */
const pull = 4;
const mostPull = 0.5;
/** A player takes a moment to change its speed. */
const correctionMs = 120;
/** Speeds that a browser's player takes. */
const [slowest, fastest] = [0.0625, 16];

export interface FollowerState {
  /** Whether there is a picture of this view at the time that the leader shows. */
  readonly hasPicture: boolean;
}

/**
 * Keeps a further view of a scene on the frame that belongs to the leader's: the same steps, seeks, speeds and stops,
 * `offsetUs` later in its own time, without sound. While the leader plays, the view plays by itself and its speed makes up
 * for what it drifts.
 */
export class Follower {
  readonly #leader: Leader;
  readonly #media: PlayerMedia;
  readonly #table: FrameTable;
  readonly #display: FrameClock;
  readonly #seeker: FrameSeeker;
  readonly #state = createStore<FollowerState>(() => ({ hasPicture: true }));
  readonly #ends: readonly (() => void)[];
  #offsetUs: number;
  #tick: number | null = null;
  #isRunning = false;
  #correctedMs = -Infinity;

  constructor(leader: Leader, table: FrameTable, media: PlayerMedia, offsetUs: number, display = displayClock) {
    this.#leader = leader;
    this.#media = media;
    this.#table = table;
    this.#offsetUs = offsetUs;
    this.#display = display;
    this.#seeker = new FrameSeeker(media, table, { issued: () => undefined, arrived: () => undefined });
    media.muted = true;
    this.#ends = [leader.playhead.subscribe(this.#follow), leader.state.subscribe(this.#follow)];
    this.#follow();
  }

  get state(): Pick<StoreApi<FollowerState>, 'getState' | 'getInitialState' | 'subscribe'> {
    return this.#state;
  }

  /** What is added to a time of the leader's to have that of this view. */
  setOffset(offsetUs: number): void {
    if (offsetUs === this.#offsetUs) return;
    this.#offsetUs = offsetUs;
    this.#follow();
  }

  dispose(): void {
    this.#ends.forEach((end) => end());
    this.#halt();
    this.#seeker.dispose();
  }

  readonly #follow = (): void => {
    if (this.#leader.state.getState().rate > 0) {
      this.#tick ??= this.#display.request(this.#onTick);
      return;
    }
    this.#halt();
    const { table, frame } = this.#leader.playhead.getState();
    if (!table) return;
    // The middle of the leader's frame, so that views of one rate show frames of one number, whatever was rounded.
    const atUs = table.middleUs(frame) + this.#offsetUs;
    if (this.#showsAt(atUs)) this.#seeker.show(this.#table.frameAt(atUs));
  };

  readonly #onTick = (): void => {
    this.#tick = this.#display.request(this.#onTick);
    const clock = this.#leader.clock;
    if (clock === null) return;
    const wantedUs = clock.timeUs + this.#offsetUs;
    if (!this.#showsAt(wantedUs)) {
      this.#stop();
      return;
    }
    if (this.#seeker.busy) return;
    const driftUs = this.#media.currentTime * 1e6 - wantedUs;
    const isFar = Math.abs(driftUs) > seekFromUs * Math.max(1, clock.rate);
    if (isFar) this.#seeker.show(this.#table.frameAt(wantedUs));
    this.#run(clock.rate, isFar ? 0 : driftUs);
  };

  /** Whether there is a frame at that time of the view. */
  #showsAt(us: number): boolean {
    const hasPicture = us >= this.#table.firstStartUs && us < this.#table.lastEndUs;
    if (hasPicture !== this.#state.getState().hasPicture) this.#state.setState({ hasPicture });
    return hasPicture;
  }

  /** Plays at the leader's speed, faster or slower by what makes up for the drift. */
  #run(rate: number, driftUs: number): void {
    const nowMs = this.#display.now();
    if (this.#isRunning && nowMs - this.#correctedMs < correctionMs) return;
    this.#correctedMs = nowMs;
    const share = Math.abs(driftUs) < closeUs ? 0 : ((driftUs / 1e6) * pull) / rate;
    const wanted = rate * (1 - Math.min(Math.max(share, -mostPull), mostPull));
    const speed = Math.min(Math.max(wanted, slowest), fastest);
    if (this.#media.playbackRate !== speed) this.#media.playbackRate = speed;
    if (this.#isRunning) return;
    this.#isRunning = true;
    // A pause right after play rejects; a view that will not play is sought to instead, tick by tick.
    this.#media.play().catch(() => (this.#isRunning = false));
  }

  #stop(): void {
    if (this.#isRunning) this.#media.pause();
    this.#isRunning = false;
  }

  #halt(): void {
    this.#stop();
    if (this.#tick !== null) this.#display.cancel(this.#tick);
    this.#tick = null;
  }
}
