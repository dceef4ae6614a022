import { createJSONStorage, type PersistStorage } from 'zustand/middleware';

/**
 * The browser's storage for a persisted store; text that is stored already is not written again, since a store writes
 * on each change of any field and the write is synchronous. Outside a browser it lasts as long as the program.
 */
export function viewStorage<Kept>(): PersistStorage<Kept> | undefined {
  const kept = new Map<string, string>();
  const lasting = (globalThis as { readonly localStorage?: Storage }).localStorage;
  return createJSONStorage(() => ({
    getItem: (name) => lasting?.getItem(name) ?? kept.get(name) ?? null,
    setItem: (name, text) => {
      if (kept.get(name) === text) return;
      kept.set(name, text);
      lasting?.setItem(name, text);
    },
    removeItem: (name) => {
      kept.delete(name);
      lasting?.removeItem(name);
    },
  }));
}
