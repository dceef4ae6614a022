import type { Port } from '../call-port/port.ts';

/** The engine process's end of the carrier. */
export interface MainPort extends Port {
  /** Main has gone, by whatever end. */
  onClosed(listener: () => void): void;
}

/** As Electron's `utilityProcess` shows it to its process. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Finds whichever carrier this process was started by; throws where it was started by hand. */
export function mainPort(): MainPort {
  const { parentPort } = process as unknown as { readonly parentPort?: ElectronParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      // Chromium ends its utility processes with the process that started them.
      onClosed: () => undefined,
    };
  }
  if (!process.send) throw new Error('The engine process is started by Cuepoint, not by hand.');
  return {
    post: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', listener),
    onClosed: (listener) => void process.on('disconnect', listener),
  };
}
