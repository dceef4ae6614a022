import { backend } from './client.ts';

/** As much as the contract takes. */
const longestTrace = 20_000;

/** Has a report of what failed here written on this machine. Whether that works is nobody's to wait for. */
export function noteFailure(error: unknown, where = ''): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  void backend.studio.noteFailure({ trace: `${trace}\n${where}`.slice(0, longestTrace) }).catch(() => undefined);
}

/** Notes what nobody in the page caught, from now on. */
export function noteUncaughtFailures(): void {
  globalThis.addEventListener('error', ({ error, message }) => noteFailure(error ?? message));
  globalThis.addEventListener('unhandledrejection', ({ reason }) => noteFailure(reason));
}
