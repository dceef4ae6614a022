import { proofHeader } from '#preload/contract/contract.ts';

const storageKey = 'cuepoint.page-proof';

/**
 * Takes the proof out of the address, where the server's door left it, and keeps it for all windows of this browser.
 * It is kept by origin, port included: no page of another port reads it.
 */
export function keepProof(): void {
  const given = /^#([\w-]{43})$/.exec(globalThis.location.hash)?.[1];
  if (given === undefined) return;
  globalThis.localStorage.setItem(storageKey, given);
  globalThis.history.replaceState(null, '', globalThis.location.pathname);
}

/** Headers of every call: the proof where this page was let in on loopback, none in the desktop's window. */
export function proofHeaders(): Record<string, string> {
  const proof = globalThis.localStorage.getItem(storageKey);
  return proof === null ? {} : { [proofHeader]: proof };
}
