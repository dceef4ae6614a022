import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { FrameSeeker, type PlayerMedia } from './frame-seeker.ts';
import { createPlayhead, frameShownAt, type PlayheadReader, type PlayheadWriter } from './playhead.ts';
import {
  atFrameOfRange,
  entryFrame,
  loopOfSpan,
  rangeAroundBoundary,
  rangeOfSpan,
  type LoopMargins,
  type PlayRange,
} from './play-range.ts';
import { atFrameOfParts, speedAt, type PlayedParts } from './played-parts.ts';
import { ReversePlay, type FrameClock } from './reverse-play.ts';
import { shuttleRate } from './shuttle-speeds.ts';

/** How long to wait for a player to report the picture of a finished seek, milliseconds. */
const confirmationMs = 250;

/** How playback is set; changes a few times a minute, so React may read it freely. */
export interface ShuttleState {
  /** Signed speed while playing, 0 while paused. */
  readonly rate: number;
  /** Speed of plain play. */
  readonly speed: number;
  /** What playback keeps to, or null for the whole video. */
  readonly range: PlayRange | null;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** The browser would not begin to play, in its own words. */
  readonly refusal: string | null;
}

/**
 * Plays, steps and seeks one `<video>` by frames of its table, and alone writes the playhead. Without a loaded video
 * every call does nothing.
 */
export class Shuttle {
  readonly #playhead: PlayheadWriter = createPlayhead();
  readonly #state: StoreApi<ShuttleState>;
  readonly #displayClock: FrameClock | undefined;
  #margins: LoopMargins = { beforeUs: 0, afterUs: 0 };
  #parts: PlayedParts | null = null;
  #media: PlayerMedia | null = null;
  #seeker: FrameSeeker | null = null;
  #reverse: ReversePlay | null = null;
  #detach: (() => void) | null = null;
  #playedFrom = 0;
  /** What the player painted since the seek that is under way was issued. */
  #presentedInFlight: number | null = null;
  #confirmation: ReturnType<typeof setTimeout> | undefined;

  /** `clock` replaces the display's, for tests. */
  constructor(clock?: FrameClock) {
    this.#displayClock = clock;
    this.#state = createStore<ShuttleState>(() => ({
      rate: 0,
      speed: 1,
      range: null,
      volume: 1,
      muted: false,
      refusal: null,
    }));
  }

  get playhead(): PlayheadReader {
    return this.#playhead;
  }

  get state(): Pick<StoreApi<ShuttleState>, 'getState' | 'getInitialState' | 'subscribe'> {
    return this.#state;
  }

  /** What the player's own clock says, and how fast it goes; null while nothing plays forward or a seek is under way. */
  get clock(): { readonly timeUs: number; readonly rate: number } | null {
    const media = this.#media;
    if (!media || this.#seeker?.busy === true || this.#state.getState().rate <= 0) return null;
    return { timeUs: media.currentTime * 1e6, rate: media.playbackRate };
  }

  get playing(): boolean {
    return this.#state.getState().rate !== 0;
  }

  /**
   * Takes over `media`, which shows `videoId`; answers how to let go of it. Another video begins at its first frame; one
   * that merely goes over to another player stays where it stands, with the range that it keeps to.
   */
  attach(videoId: number, table: FrameTable, media: PlayerMedia): () => void {
    this.#detach?.();
    const before = this.#playhead.getState();
    const goesOn = before.videoId === videoId && before.table === table;
    if (!goesOn) {
      this.#playhead.load(videoId, table);
      this.#state.setState({ range: null });
    }
    this.#state.setState({ rate: 0, refusal: null });
    this.#media = media;
    this.#seeker = new FrameSeeker(media, table, {
      issued: () => (this.#presentedInFlight = null),
      arrived: (frame) => this.#arrived(frame),
    });
    this.#reverse = new ReversePlay(table, (frame) => this.#backwardsTo(frame), this.#displayClock);
    media.volume = this.#state.getState().volume;
    media.muted = this.#state.getState().muted;

    let pending = media.requestVideoFrameCallback(function onFrame(_now, { mediaTime }) {
      pending = media.requestVideoFrameCallback(onFrame);
      presented(mediaTime);
    });
    const presented = (mediaTime: number): void => this.#presented(frameShownAt(table, mediaTime));
    const ended = (): void => this.#ended(table.frameCount - 1);
    media.addEventListener('ended', ended);
    const detach = (): void => {
      if (this.#detach !== detach) return;
      this.#detach = null;
      media.cancelVideoFrameCallback(pending);
      clearTimeout(this.#confirmation);
      media.removeEventListener('ended', ended);
      media.pause();
      this.#reverse?.stop();
      this.#seeker?.dispose();
      this.#media = this.#seeker = this.#reverse = null;
      this.#state.setState({ rate: 0 });
      // Another player of the same video may take over within the same turn.
      queueMicrotask(() => {
        if (this.#detach === null) this.#leave();
      });
    };
    this.#detach = detach;
    this.#seekTo(goesOn ? before.frame : 0);
    return detach;
  }

  /** Space: plays at the chosen speed, or pauses on the frame on screen. */
  toggle(): void {
    if (this.playing) this.pause();
    else this.#play(this.#state.getState().speed);
  }

  /** Stops and stays on the frame that is really on screen. */
  pause(): void {
    if (!this.playing) return;
    this.#halt();
    this.#seekTo(this.#playhead.getState().frame);
  }

  /** Stops and goes back to the frame where play began. */
  pauseAndReturn(): void {
    if (!this.playing) return;
    this.#halt();
    this.#seekTo(this.#playedFrom);
  }

  /** J (`-1`) and L (`+1`); see `shuttleRate`. */
  press(direction: 1 | -1): void {
    this.#play(shuttleRate(this.#state.getState().rate, direction));
  }

  /** Speed of plain play, 0.1 to 16; at once if it is playing forward. */
  setSpeed(speed: number): void {
    this.#state.setState({ speed });
    if (this.#state.getState().rate > 0) this.#setRate(speed);
  }

  setVolume(volume: number, muted: boolean): void {
    this.#state.setState({ volume, muted });
    if (this.#media) {
      this.#media.volume = volume;
      this.#media.muted = muted;
    }
  }

  /** Shows frame `frame`, clamped to the video. Play goes on from there; a range is left when the frame lies outside. */
  goToFrame(frame: number): void {
    const { table } = this.#playhead.getState();
    if (!table) return;
    const target = Math.trunc(Math.min(Math.max(frame, 0), table.frameCount - 1));
    const { range } = this.#state.getState();
    if (range && (target < range.startFrame || target >= range.endFrame)) this.leaveRange();
    this.#seekTo(target);
    this.#reverse?.moveTo(target);
  }

  /** Shows the frame that is on screen at `us`. */
  goToTime(us: number): void {
    const { table } = this.#playhead.getState();
    if (table) this.goToFrame(table.frameAt(us));
  }

  /** Pauses and moves by whole frames. */
  step(frames: number): void {
    if (this.playing) this.#halt();
    this.goToFrame(this.#playhead.getState().frame + frames);
  }

  /** Moves by a stretch of time, at least one frame. */
  jump(byUs: number): void {
    const { table, frame, timeUs } = this.#playhead.getState();
    if (!table) return;
    const target = table.frameAt(timeUs + byUs);
    this.goToFrame(target === frame ? frame + Math.sign(byUs) : target);
  }

  /** Plays `span` from its first frame and stops on its last. */
  playSpan(span: Span, label: string | null = null): void {
    const { table } = this.#playhead.getState();
    if (table) this.#playRange(rangeOfSpan(table, span, 'once', label));
  }

  /** Which parts are played from now on, while no range is kept to; null for everything. */
  setPlayedParts(parts: PlayedParts | null): void {
    this.#parts = parts;
    const { rate } = this.#state.getState();
    if (rate !== 0) this.#adaptSpeed(this.#playhead.getState().frame, rate);
  }

  /** What loops play before a span and after it, from the next one on. */
  setLoopMargins(margins: LoopMargins): void {
    this.#margins = margins;
  }

  /** Plays `span` round and round, with the margins around it. */
  loopSpan(span: Span, label: string | null = null): void {
    const { table } = this.#playhead.getState();
    if (table) this.#playRange(loopOfSpan(table, span, this.#margins, label));
  }

  /** Whether what is looped is `span` with its margins. */
  loops(span: Span): boolean {
    const { range } = this.#state.getState();
    const { table } = this.#playhead.getState();
    if (range?.mode !== 'loop' || !table) return false;
    const { startFrame, endFrame } = loopOfSpan(table, span, this.#margins, null);
    return range.startFrame === startFrame && range.endFrame === endFrame;
  }

  /** Keeps to `span` from the next play on, without playing now. */
  keepTo(span: Span, label: string | null = null): void {
    const { table } = this.#playhead.getState();
    if (table) this.#state.setState({ range: loopOfSpan(table, span, this.#margins, label) });
  }

  /** Loops `around` frames to each side of the boundary at `us`. */
  loopBoundary(us: number, around: number, label: string): void {
    const { table } = this.#playhead.getState();
    if (table) this.#playRange(rangeAroundBoundary(table, us, around, label));
  }

  /** Playback may leave the range again; it goes on if it was playing. */
  leaveRange(): void {
    this.#state.setState({ range: null });
  }

  #leave(): void {
    this.#state.setState({ range: null });
    this.#playhead.load(null, null);
  }

  #playRange(range: PlayRange): void {
    this.#state.setState({ range });
    this.#seekTo(range.startFrame);
    this.#play(this.#state.getState().speed);
  }

  #play(rate: number): void {
    const { table, frame } = this.#playhead.getState();
    if (!this.#media || !table) return;
    if (!this.playing) this.#playedFrom = frame;
    const direction = rate > 0 ? 1 : -1;
    const { range } = this.#state.getState();
    const whole: PlayRange = { startFrame: 0, endFrame: table.frameCount, mode: 'once', label: '' };
    const entry = entryFrame(range ?? whole, frame, direction);
    const part = range || !this.#parts ? null : atFrameOfParts(this.#parts, entry, direction);
    const from = part?.kind === 'jump' ? part.frame : entry;
    if (from !== frame) this.#seekTo(from);
    this.#setRate(rate);
  }

  #setRate(rate: number): void {
    const media = this.#media;
    if (!media) return;
    this.#state.setState({ rate, refusal: null });
    const { frame } = this.#playhead.getState();
    if (rate < 0) {
      media.pause();
      this.#reverse?.play(frame, this.#speedAt(frame, -rate));
      return;
    }
    this.#reverse?.stop();
    media.playbackRate = this.#speedAt(frame, rate);
    media.play().catch((error: unknown) => {
      // A pause right after play rejects with AbortError: that is no refusal.
      if (!(error instanceof Error) || error.name === 'AbortError') return;
      this.#state.setState({ rate: 0, refusal: error.message });
    });
  }

  /** The speed at a frame where that of play is `speed`. */
  #speedAt(frame: number, speed: number): number {
    return this.#parts === null || this.#state.getState().range ? speed : speedAt(this.#parts, frame, speed);
  }

  /** Changes over to the speed of the part that `frame` is in. */
  #adaptSpeed(frame: number, rate: number): void {
    const speed = this.#speedAt(frame, Math.abs(rate));
    if (rate < 0 && this.#reverse?.speed !== speed) this.#reverse?.play(frame, speed);
    if (rate > 0 && this.#media && this.#media.playbackRate !== speed) this.#media.playbackRate = speed;
  }

  #halt(): void {
    this.#reverse?.stop();
    this.#media?.pause();
    const { range } = this.#state.getState();
    this.#state.setState({ rate: 0, range: range?.mode === 'once' ? null : range });
  }

  #stopOn(frame: number): void {
    this.#halt();
    this.#seekTo(frame);
  }

  #seekTo(frame: number): void {
    clearTimeout(this.#confirmation);
    this.#playhead.seek(frame);
    this.#seeker?.show(frame);
  }

  /** The player put `frame` on screen. */
  #presented(frame: number): void {
    // Between asking and arriving the player may still paint the old place; the playhead keeps to what was asked.
    if (this.#seeker?.busy === true) {
      this.#presentedInFlight = frame;
      return;
    }
    clearTimeout(this.#confirmation);
    this.#playhead.show(frame);
    if (this.#state.getState().rate > 0) this.#keepToRange(frame, 1);
  }

  /**
   * A seek finished. Its picture was reported already, or is about to be; a player that reports none (a hidden page)
   * is believed after a moment.
   */
  #arrived(frame: number): void {
    const { rate } = this.#state.getState();
    if (rate > 0) return;
    if (rate < 0 || this.#presentedInFlight === frame) this.#playhead.show(frame);
    else this.#confirmation = setTimeout(() => this.#playhead.show(this.#presentedInFlight ?? frame), confirmationMs);
  }

  #ended(lastFrame: number): void {
    const { range, rate } = this.#state.getState();
    if (rate > 0 && range?.mode === 'loop' && range.endFrame > lastFrame) {
      this.#seekTo(range.startFrame);
      this.#setRate(rate);
    } else this.#stopOn(lastFrame);
  }

  #backwardsTo(frame: number): boolean {
    if (this.#seeker?.busy === true) return false;
    this.#seekTo(frame);
    if (!this.#keepToRange(frame, -1) && frame === 0) this.#stopOn(0);
    return true;
  }

  /** Turns or stops where the range or the parts that are played say so; answers whether it did. */
  #keepToRange(frame: number, direction: 1 | -1): boolean {
    const { range, rate } = this.#state.getState();
    const turn = range
      ? atFrameOfRange(range, frame, direction)
      : this.#parts && atFrameOfParts(this.#parts, frame, direction);
    if (!turn) {
      if (this.#parts) this.#adaptSpeed(frame, rate);
      return false;
    }
    if (turn.kind === 'stop') this.#stopOn(turn.frame);
    else {
      this.#seekTo(turn.frame);
      this.#reverse?.moveTo(turn.frame);
    }
    return true;
  }
}
