import { create } from 'zustand';

export type Connection = 'connecting' | 'connected' | 'lost';

/** Whether the stream of changes is open. `lost`: what is on screen may be old, and edits wait. */
export const useConnection = create<{ connection: Connection }>(() => ({ connection: 'connecting' }));
