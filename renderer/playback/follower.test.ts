// Protects synchronised views: whatever moves the main view moves the others to the same moment, and while they play by
// themselves they stay within a frame of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { HandClock } from '../testing/hand-clock.ts';
import { Follower } from './follower.ts';
import { createPlayhead } from './playhead.ts';
import type { ShuttleState } from './shuttle.ts';

const frameUs = 40_000;
const table = FrameTable.fromArray(Float64Array.from({ length: 501 }, (_, frame) => frame * frameUs));

/** A player whose clock runs a little wrong and that takes a moment to begin. */
class DriftingVideo extends EventTarget {
  readyState = 4;
  volume = 1;
  muted = false;
  playbackRate = 1;
  duration = 20;
  paused = true;
  readonly #wrong: number;
  readonly #delayMs: number;
  #waitsMs = 0;
  #seconds = 0;
  isSeeking = false;

  constructor(wrong: number, delayMs: number) {
    super();
    this.#wrong = wrong;
    this.#delayMs = delayMs;
  }

  get currentTime(): number {
    return this.#seconds;
  }

  set currentTime(seconds: number) {
    this.#seconds = seconds;
    this.isSeeking = true;
  }

  play(): Promise<void> {
    this.paused = false;
    this.#waitsMs = this.#delayMs;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  requestVideoFrameCallback = (): number => 1;
  cancelVideoFrameCallback = (): void => undefined;

  advance(ms: number): void {
    if (this.isSeeking) {
      this.isSeeking = false;
      this.dispatchEvent(new Event('seeked'));
      return;
    }
    if (this.paused) return;
    const goes = Math.max(0, ms - this.#waitsMs);
    this.#waitsMs = Math.max(0, this.#waitsMs - ms);
    this.#seconds += (goes / 1000) * this.playbackRate * this.#wrong;
  }
}

function setUp(offsetUs: number, wrong = 1, delayMs = 0) {
  const playhead = createPlayhead();
  playhead.load(1, table);
  const state = createStore<ShuttleState>(() => ({
    rate: 0,
    speed: 1,
    range: null,
    volume: 1,
    muted: false,
    refusal: null,
  }));
  const clock = new HandClock();
  let timeUs = 0;
  const leader = {
    playhead,
    state,
    get clock() {
      const { rate } = state.getState();
      return rate > 0 ? { timeUs, rate } : null;
    },
  };
  const video = new DriftingVideo(wrong, delayMs);
  const follower = new Follower(leader, table, video, offsetUs, clock);
  /** Lets the leader play for a while, a picture of the display at a time. */
  const play = (ms: number): number[] => {
    const drifts: number[] = [];
    for (let at = 0; at < ms; at += 16) {
      timeUs += 16_000 * state.getState().rate;
      video.advance(16);
      clock.advance(16);
      drifts.push(video.currentTime * 1e6 - timeUs - offsetUs);
    }
    return drifts;
  };
  const goTo = (frame: number): void => {
    timeUs = table.startUs(frame);
    playhead.seek(frame);
    while (video.isSeeking) video.advance(1);
  };
  return { follower, video, state, playhead, play, goTo };
}

describe('a further view', () => {
  it('shows the frame of the same moment at each step and seek, and none beyond its ends', () => {
    const { follower, video, goTo } = setUp(-3 * frameUs);
    goTo(100);
    expect(table.frameAt(video.currentTime * 1e6)).toBe(97);
    goTo(101);
    expect(table.frameAt(video.currentTime * 1e6)).toBe(98);
    expect(follower.state.getState().hasPicture).toBe(true);
    goTo(1);
    expect(follower.state.getState().hasPicture).toBe(false);
    goTo(3);
    expect(follower.state.getState().hasPicture).toBe(true);
  });

  it('moves at once when its offset does, and makes no sound', () => {
    const { follower, video, goTo } = setUp(0);
    goTo(50);
    follower.setOffset(2 * frameUs);
    while (video.isSeeking) video.advance(1);
    expect(table.frameAt(video.currentTime * 1e6)).toBe(52);
    expect(video.muted).toBe(true);
  });

  it('stays within a frame of the leader while it plays, whatever its clock does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.97, max: 1.03, noNaN: true }),
        fc.integer({ min: 0, max: 250 }),
        fc.constantFrom(0.5, 1, 2),
        (wrong, delayMs, rate) => {
          const { video, state, play, goTo } = setUp(frameUs, wrong, delayMs);
          goTo(10);
          state.setState({ rate });
          play(2000);
          for (const drift of play(3000)) expect(Math.abs(drift)).toBeLessThan(frameUs);
          state.setState({ rate: 0 });
          expect(video.paused).toBe(true);
        },
      ),
    );
  });

  it('waits at its end while the leader goes on, and comes along when it is back', () => {
    const { follower, video, state, play, goTo } = setUp(200 * frameUs);
    goTo(298);
    state.setState({ rate: 1 });
    play(400);
    expect(follower.state.getState().hasPicture).toBe(false);
    expect(video.paused).toBe(true);
    goTo(100);
    play(1600);
    expect(follower.state.getState().hasPicture).toBe(true);
    expect(Math.abs(play(16)[0]!)).toBeLessThan(frameUs);
  });

  it('is left alone once it is let go of', () => {
    const { follower, video, state, play, goTo } = setUp(0);
    goTo(20);
    follower.dispose();
    goTo(80);
    state.setState({ rate: 1 });
    play(100);
    expect(table.frameAt(video.currentTime * 1e6)).toBe(20);
    expect(video.paused).toBe(true);
  });
});
