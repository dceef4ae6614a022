import { create } from 'zustand';

/** Whether the player's settings are open over its transport. */
export const usePlayerSettings = create<{ readonly open: boolean }>(() => ({ open: false }));
