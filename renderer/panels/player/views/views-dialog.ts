import { create } from 'zustand';

/** Whether the views of the scene are being arranged. */
export const useViewsDialog = create<{ readonly open: boolean }>(() => ({ open: false }));
