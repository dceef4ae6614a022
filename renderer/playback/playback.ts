import { useStore } from 'zustand';
import type { PlayheadReader, PlayheadState } from './playhead.ts';
import { Shuttle, type ShuttleState } from './shuttle.ts';

/** The window's one player. Panels move it; only it writes the playhead. */
export const shuttle = new Shuttle();

/** Where the window's player stands: `subscribe` to draw at display rate. */
export const playhead: PlayheadReader = shuttle.playhead;

/** Part of the playhead, for the small component that draws it and nothing above: `usePlayhead((head) => head.frame)`. */
export const usePlayhead = <Part>(select: (state: PlayheadState) => Part): Part => useStore(playheadStore, select);
const playheadStore = { ...playhead, getInitialState: playhead.getState };

/** Part of the shuttle's state: `useShuttle((state) => state.rate !== 0)`. */
export const useShuttle = <Part>(select: (state: ShuttleState) => Part): Part => useStore(shuttle.state, select);
