import { createStore } from 'zustand/vanilla';
import type { FrameTable } from '#preload/domain/frame-table.ts';

/** Where playback stands. The time is always the start of a frame of the table, never a guess between two. */
export interface PlayheadState {
  readonly videoId: number | null;
  /** Null until the selected video's table has arrived. */
  readonly table: FrameTable | null;
  /** The frame on screen; while a seek is under way, the frame asked for. */
  readonly frame: number;
  /** Start of that frame, microseconds. */
  readonly timeUs: number;
  /** Whether the player has confirmed that this very frame is on screen. */
  readonly settled: boolean;
}

/** What everyone but the shuttle may do with the playhead. */
export interface PlayheadReader {
  getState(): PlayheadState;
  /** Called at up to display rate: draw to a canvas or a DOM node, set no React state above the thing drawn. */
  subscribe(listener: (state: PlayheadState, previous: PlayheadState) => void): () => void;
}

/** What the shuttle, the one writer, may do with it. */
export interface PlayheadWriter extends PlayheadReader {
  /** Another video, or none: back to its first frame. */
  load(videoId: number | null, table: FrameTable | null): void;
  /** `frame` was asked for and is not yet on screen. */
  seek(frame: number): void;
  /** `frame` is on screen. */
  show(frame: number): void;
}

/** A playhead with nothing loaded. */
export function createPlayhead(): PlayheadWriter {
  const store = createStore<PlayheadState>(() => ({ videoId: null, table: null, frame: 0, timeUs: 0, settled: false }));
  const place = (frame: number, settled: boolean): void => {
    const { table, frame: before, settled: wasSettled } = store.getState();
    if (table === null || (frame === before && settled === wasSettled)) return;
    store.setState({ frame, timeUs: table.startUs(frame), settled });
  };
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    load: (videoId, table) =>
      store.setState({ videoId, table, frame: 0, timeUs: table?.firstStartUs ?? 0, settled: false }),
    seek: (frame) => place(frame, false),
    show: (frame) => place(frame, true),
  };
}

/**
 * The frame whose picture a player reports by its presentation time (`mediaTime` of a video frame callback, in
 * seconds). Players round that time to their own clock, so the nearest frame start counts, not the one before.
 */
export function frameShownAt(table: FrameTable, mediaTimeS: number): number {
  const us = mediaTimeS * 1e6;
  const frame = table.frameAt(us);
  if (frame + 1 >= table.frameCount) return frame;
  return table.startUs(frame + 1) - us < us - table.startUs(frame) ? frame + 1 : frame;
}
