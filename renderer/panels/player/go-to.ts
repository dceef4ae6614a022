import { create } from 'zustand';

/** Whether the field for a time or frame number is open beside the transport. */
export const useGoTo = create<{ readonly open: boolean }>(() => ({ open: false }));
