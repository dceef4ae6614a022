// Protects exact playback: the frame told is the frame on screen, whatever is pressed while the player is busy.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { HandClock } from '../testing/hand-clock.ts';
import { Shuttle } from './shuttle.ts';

/** 100 frames of 29.97 per second, as a container with whole microseconds says it. */
const table = FrameTable.fromArray(
  Float64Array.from({ length: 101 }, (_, index) => Math.round((index * 1_001_000) / 30)),
);

/** What a browser's video element does, one step at a time when the test says so. */
class TestVideo extends EventTarget {
  readyState = 4;
  volume = 1;
  muted = false;
  playbackRate = 1;
  paused = true;
  seekingTo: number | null = null;
  readonly seeks: number[] = [];
  duration = 1e6;
  #seconds = 0;
  #callback: VideoFrameRequestCallback | null = null;

  get currentTime(): number {
    return this.#seconds;
  }

  set currentTime(seconds: number) {
    this.#seconds = Math.min(seconds, this.duration);
    this.seekingTo = seconds;
    this.seeks.push(table.frameAt(seconds * 1e6));
  }

  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  requestVideoFrameCallback(callback: VideoFrameRequestCallback): number {
    this.#callback = callback;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#callback = null;
  }

  /** Puts a frame on screen; its time is cut to the microsecond below, as a player's clock may do. */
  present(frame: number): void {
    const callback = this.#callback;
    this.#callback = null;
    callback?.(0, { mediaTime: (table.startUs(frame) - (frame > 0 ? 1 : 0)) / 1e6 } as VideoFrameCallbackMetadata);
  }

  /** Finishes the seek under way and shows its frame. */
  arrive(shows?: number): void {
    const frame = shows ?? table.frameAt(this.seekingTo! * 1e6);
    this.seekingTo = null;
    this.dispatchEvent(new Event('seeked'));
    this.present(frame);
  }
}

let video: TestVideo;
let clock: HandClock;
let shuttle: Shuttle;
const head = () => shuttle.playhead.getState();

beforeEach(() => {
  vi.useFakeTimers();
  video = new TestVideo();
  clock = new HandClock();
  shuttle = new Shuttle(clock);
  shuttle.attach(1, table, video);
  video.arrive();
});

afterEach(() => vi.useRealTimers());

describe('seeking', () => {
  it('brings the first frame on screen when a video is taken over', () => {
    expect(head()).toMatchObject({ videoId: 1, frame: 0, settled: true });
  });

  it('tells the frame asked for at once, and that it is on screen only when the player says so', () => {
    shuttle.goToFrame(50);
    expect(head()).toMatchObject({ frame: 50, timeUs: table.startUs(50), settled: false });
    video.arrive();
    expect(head()).toMatchObject({ frame: 50, settled: true });
  });

  it('has one seek in flight however fast the key repeats, and ends on the last wish', () => {
    for (let press = 0; press < 10; press += 1) shuttle.step(1);
    expect(video.seeks).toEqual([0, 1]);
    video.arrive();
    expect(video.seeks).toEqual([0, 1, 10]);
    video.arrive();
    expect(head()).toMatchObject({ frame: 10, settled: true });
  });

  it('goes to the middle of a frame, where no rounding shows a neighbour', () => {
    shuttle.goToFrame(33);
    expect(video.seekingTo).toBe(table.middleUs(33) / 1e6);
  });

  it('settles on the frame that is really shown, where the player shows another', () => {
    shuttle.goToFrame(50);
    video.arrive(49);
    expect(head()).toMatchObject({ frame: 49, settled: true });
  });

  it('pays no heed to old pictures painted while a seek is under way', () => {
    shuttle.goToFrame(50);
    video.present(3);
    expect(head().frame).toBe(50);
  });

  it('believes a player that finished a seek but reports no picture, after a moment', () => {
    shuttle.goToFrame(50);
    video.seekingTo = null;
    video.dispatchEvent(new Event('seeked'));
    expect(head().settled).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(head()).toMatchObject({ frame: 50, settled: true });
  });

  it('waits for a video that is not loaded yet', () => {
    const late = new TestVideo();
    late.readyState = 0;
    shuttle.attach(2, table, late);
    shuttle.goToFrame(7);
    expect(late.seeks).toEqual([]);
    late.readyState = 1;
    late.dispatchEvent(new Event('loadedmetadata'));
    expect(late.seeks).toEqual([7]);
  });

  it('seeks once more where the player learns only then how long the video is, and no more than that', () => {
    video.seeks.length = 0;
    video.duration = table.startUs(60) / 1e6;
    shuttle.goToFrame(99);
    video.duration = table.startUs(99) / 1e6;
    video.arrive(60);
    expect(video.seeks).toEqual([99, 99]);
    video.arrive();
    expect(head()).toMatchObject({ frame: 99, settled: true });
    video.duration = table.startUs(60) / 1e6;
    shuttle.goToFrame(98);
    video.arrive(60);
    expect(video.seeks).toEqual([99, 99, 98]);
  });

  it('stays inside the video', () => {
    shuttle.goToFrame(Infinity);
    video.arrive();
    expect(head().frame).toBe(99);
    shuttle.step(1);
    expect(head().frame).toBe(99);
    shuttle.jump(-60_000_000);
    expect(head().frame).toBe(0);
  });
});

describe('playing', () => {
  it('tells each frame as it comes on screen', () => {
    shuttle.toggle();
    for (const frame of [1, 2, 3]) {
      video.present(frame);
      expect(head()).toMatchObject({ frame, settled: true });
    }
    expect(video.paused).toBe(false);
  });

  it('pauses on the frame that is on screen, and makes the player stay there', () => {
    shuttle.toggle();
    video.present(12);
    shuttle.toggle();
    expect(video.paused).toBe(true);
    expect(video.seeks.at(-1)).toBe(12);
    video.arrive();
    expect(head()).toMatchObject({ frame: 12, settled: true });
  });

  it('goes back to where play began when asked to', () => {
    shuttle.goToFrame(20);
    video.arrive();
    shuttle.toggle();
    video.present(31);
    shuttle.pauseAndReturn();
    expect(head().frame).toBe(20);
  });

  it('begins again from the first frame when it stands on the last', () => {
    shuttle.goToFrame(99);
    video.arrive();
    shuttle.toggle();
    expect(head().frame).toBe(0);
  });

  it('stops on the last frame at the end', () => {
    shuttle.toggle();
    video.present(99);
    video.dispatchEvent(new Event('ended'));
    expect(shuttle.playing).toBe(false);
    expect(head().frame).toBe(99);
  });

  it('plays faster with each L, turns round with J, stops with K', () => {
    shuttle.press(1);
    shuttle.press(1);
    expect(video.playbackRate).toBe(2);
    shuttle.press(-1);
    expect(shuttle.state.getState().rate).toBe(-1);
    expect(video.paused).toBe(true);
    shuttle.pause();
    expect(shuttle.playing).toBe(false);
  });

  it('says why where the browser would not play', async () => {
    video.play = () => Promise.reject(new DOMException('a click is needed first', 'NotAllowedError'));
    shuttle.toggle();
    await vi.advanceTimersByTimeAsync(0);
    expect(shuttle.state.getState()).toMatchObject({ rate: 0, refusal: 'a click is needed first' });
  });

  it('stays on its frame, and in its range, when another player takes over', async () => {
    shuttle.loopSpan(table.spanOfFrames(20, 60));
    shuttle.goToFrame(50);
    video.arrive();
    const seen: (FrameTable | null)[] = [];
    const stop = shuttle.playhead.subscribe((now) => seen.push(now.table));
    shuttle.attach(1, table, video)();
    const other = new TestVideo();
    shuttle.attach(1, table, other);
    await Promise.resolve();
    other.arrive();
    stop();
    expect(other.seeks).toEqual([50]);
    expect(head()).toMatchObject({ videoId: 1, frame: 50, settled: true });
    expect(shuttle.state.getState()).toMatchObject({ rate: 0, range: { startFrame: 20, endFrame: 60 } });
    expect(seen).not.toContain(null);
    shuttle.attach(2, table, new TestVideo());
    expect(head()).toMatchObject({ videoId: 2, frame: 0 });
    expect(shuttle.state.getState().range).toBeNull();
  });

  it('lets go of the video completely', async () => {
    const detach = shuttle.attach(1, table, video);
    video.arrive();
    shuttle.toggle();
    detach();
    expect(video.paused).toBe(true);
    await Promise.resolve();
    expect(head()).toMatchObject({ videoId: null, table: null });
    shuttle.toggle();
    expect(shuttle.playing).toBe(false);
  });
});

describe('playing backwards', () => {
  beforeEach(() => {
    shuttle.goToFrame(60);
    video.arrive();
    shuttle.press(-1);
  });

  it('shows the frame that is due, skipping where the player is slow', () => {
    clock.advance(100);
    expect(video.seeks.at(-1)).toBe(57);
    clock.advance(500);
    expect(video.seeks.at(-1)).toBe(57);
    video.arrive();
    clock.advance(1);
    expect(video.seeks.at(-1)).toBe(42);
  });

  it('stops on the first frame', () => {
    clock.advance(60_000);
    video.arrive();
    expect(head().frame).toBe(0);
    expect(shuttle.playing).toBe(false);
  });
});

describe('keeping to a segment', () => {
  const span = table.spanOfFrames(20, 30);

  it('plays it once and stops on its last frame', () => {
    shuttle.playSpan(span);
    video.arrive();
    for (let frame = 20; frame <= 28; frame += 1) video.present(frame);
    expect(shuttle.playing).toBe(true);
    video.present(29);
    expect(shuttle.playing).toBe(false);
    expect(head().frame).toBe(29);
    expect(shuttle.state.getState().range).toBeNull();
  });

  it('stops on its last frame though the player skipped past it', () => {
    shuttle.playSpan(span);
    video.arrive();
    video.present(35);
    video.arrive();
    expect(head()).toMatchObject({ frame: 29, settled: true });
  });

  it('loops it, forwards and backwards', () => {
    shuttle.loopSpan(span);
    video.arrive();
    video.present(29);
    expect(video.seeks.at(-1)).toBe(20);
    video.arrive();
    expect(shuttle.playing).toBe(true);
    shuttle.press(-1);
    video.arrive();
    clock.advance(400);
    expect(head().frame).toBeGreaterThanOrEqual(20);
    expect(head().frame).toBeLessThanOrEqual(29);
  });

  it('loops it with a margin before and after, and tells that it is this span which is looped', () => {
    shuttle.setLoopMargins({ beforeUs: 100_000, afterUs: 1_000_000 });
    shuttle.loopSpan(span);
    expect(shuttle.state.getState().range).toMatchObject({ startFrame: 17, endFrame: 60 });
    expect(shuttle.loops(span)).toBe(true);
    expect(shuttle.loops(table.spanOfFrames(21, 30))).toBe(false);
    shuttle.loopSpan(table.spanOfFrames(0, 100));
    expect(shuttle.state.getState().range).toMatchObject({ startFrame: 0, endFrame: 100 });
  });

  it('loops so many frames to each side of a boundary', () => {
    shuttle.loopBoundary(span.startUs, 5, 'start');
    expect(shuttle.state.getState().range).toMatchObject({ startFrame: 15, endFrame: 25, mode: 'loop' });
    shuttle.loopBoundary(table.lastEndUs, 5, 'end');
    expect(shuttle.state.getState().range).toMatchObject({ startFrame: 95, endFrame: 100 });
  });

  it('is left when somebody goes elsewhere, and kept when they move inside', () => {
    shuttle.loopSpan(span);
    video.arrive();
    shuttle.goToFrame(25);
    expect(shuttle.state.getState().range).not.toBeNull();
    shuttle.goToFrame(31);
    expect(shuttle.state.getState().range).toBeNull();
  });
});
