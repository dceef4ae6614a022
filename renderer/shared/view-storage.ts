import { createJSONStorage, type PersistStorage } from 'zustand/middleware';
import { backend } from '../backend/client.ts';

/** How long a view may change before it is sent: playing changes it at display rate. */
const restMs = 500;

/** What the backend keeps of the view for this person at this machine, by name; with it, what is new. */
const kept = new Map<string, string>();
/** Names that changed and are not sent yet. */
const unsent = new Set<string>();
let resting = false;

const ofThisTab = (globalThis as { readonly sessionStorage?: Storage }).sessionStorage;

/**
 * Fetches what was kept; a store made before this knows nothing of it. A window's address is another each time it is
 * served, so the browser's own storage would forget it all.
 */
export async function recallView(): Promise<void> {
  try {
    for (const { name, text } of await backend.studio.keptViews()) kept.set(name, text);
  } catch {
    // A view is no work: without it the window opens as it is for a newcomer.
  }
  globalThis.document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send();
  });
}

function send(): void {
  const names = [...unsent];
  unsent.clear();
  for (const name of names) {
    // What is not kept this time is with its next change.
    backend.studio.keepView({ name, text: kept.get(name) ?? '' }).catch(() => undefined);
  }
}

function sendSoon(name: string): void {
  unsent.add(name);
  if (resting) return;
  resting = true;
  setTimeout(() => {
    resting = false;
    send();
  }, restMs);
}

/** What one window keeps: exact over a reload, since the tab keeps it too, and over a restart by the backend. */
export const viewTexts = {
  getItem: (name: string): string | null => ofThisTab?.getItem(name) ?? (kept.get(name) || null),
  setItem: (name: string, text: string): void => {
    // A store writes on each change of any field, mostly the same.
    if (kept.get(name) === text) return;
    kept.set(name, text);
    if (!ofThisTab) return;
    ofThisTab.setItem(name, text);
    sendSoon(name);
  },
  removeItem: (name: string): void => viewTexts.setItem(name, ''),
};

/** For a persisted store. Outside a browser it lasts as long as the program. */
export const viewStorage = <Kept>(): PersistStorage<Kept> | undefined => createJSONStorage(() => viewTexts);
