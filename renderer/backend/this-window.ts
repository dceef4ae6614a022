import { windowHeader } from '#preload/contract/contract.ts';

/** The name of this window, until it is loaded anew: the backend tells the edits of several windows apart by it. */
export const thisWindow = Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('');

export const windowHeaders = { [windowHeader]: thisWindow };
