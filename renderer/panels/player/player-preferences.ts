import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { viewStorage } from '../../shared/view-storage.ts';
import { shuttle } from '../../playback/playback.ts';
import { everything, type PlayedChoice } from './played/played-choice.ts';
import { plainLook, type PictureLook } from './picture/picture-look.ts';

/** How one person likes the player; outlives the window. */
export interface PlayerPreferences {
  readonly look: PictureLook;
  readonly played: PlayedChoice;
  /** How far the two pairs of jump keys go. */
  readonly jumpSeconds: number;
  readonly jumpFrames: number;
  /** What a loop of a segment plays before its start and after its end, seconds. */
  readonly loopBeforeS: number;
  readonly loopAfterS: number;
  /** Frames to each side of a boundary that is looped. */
  readonly boundaryFrames: number;
}

export const usePlayerPreferences = create<PlayerPreferences>()(
  persist(
    (): PlayerPreferences => ({
      look: plainLook,
      played: everything,
      jumpSeconds: 1,
      jumpFrames: 10,
      loopBeforeS: 0,
      loopAfterS: 0,
      boundaryFrames: 15,
    }),
    { name: 'cuepoint.player', version: 1, storage: viewStorage() },
  ),
);

const tellShuttle = ({ loopBeforeS, loopAfterS }: PlayerPreferences): void =>
  shuttle.setLoopMargins({ beforeUs: loopBeforeS * 1e6, afterUs: loopAfterS * 1e6 });
tellShuttle(usePlayerPreferences.getState());
usePlayerPreferences.subscribe(tellShuttle);
