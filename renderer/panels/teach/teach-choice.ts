import { create } from 'zustand';
import type { TuningPresetId } from '#preload/domain/tuning.ts';

/** The preset that the next teaching uses; stays while the window is open. */
export const useTeachChoice = create<{ readonly preset: TuningPresetId }>(() => ({ preset: 'quick' }));
