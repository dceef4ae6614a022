import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { viewStorage } from '../../shared/view-storage.ts';
import type { RowsLook } from './layout-rows.ts';
import type { ShownTracks } from './track-bands.ts';

/** How one person likes the timeline; outlives the window. */
export interface TimelinePreferences {
  readonly tracks: ShownTracks;
  /** Edges are drawn to neighbours, marks, playhead and change points. */
  readonly snapping: boolean;
  /** Marks where the picture changes, as at a cut. */
  readonly changes: boolean;
  /** How likely each class is, as a curve in its row. */
  readonly classScores: boolean;
  /** Low rows without words, for many classes at once. */
  readonly compactRows: boolean;
  /** Rows of classes without a segment in the video. */
  readonly emptyRows: RowsLook['emptyRows'];
  /** Reviewing, the view closes in on what is reviewed. */
  readonly zoomsInReview: boolean;
  /** How late this person's key comes after what they saw; taken off what is marked while playing. Milliseconds. */
  readonly reactionMs: number;
}

/** Reaction times to choose from: people press a key 0.2 to 0.3 s after what they wait for. */
export const reactionTimesMs = [0, 100, 200, 300] as const;

// Apart from the view, which changes at display rate and must not be written to storage every time.
export const usePreferences = create<TimelinePreferences>()(
  persist(
    (): TimelinePreferences => ({
      tracks: { filmstrip: true, waveform: true, spectrogram: false, curves: true },
      snapping: true,
      changes: true,
      classScores: false,
      compactRows: false,
      emptyRows: 'whole',
      zoomsInReview: true,
      reactionMs: 0,
    }),
    {
      name: 'cuepoint.timeline',
      version: 1,
      storage: viewStorage(),
      // What was kept before there was another track says nothing of it.
      merge: (kept, now) => ({
        ...now,
        ...(kept as Partial<TimelinePreferences>),
        tracks: { ...now.tracks, ...(kept as Partial<TimelinePreferences> | undefined)?.tracks },
      }),
    },
  ),
);
