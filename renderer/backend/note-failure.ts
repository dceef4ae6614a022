import { backend } from './client.ts';

/** As much as the contract takes. */
const longestTrace = 20_000;

/** Has a report of what failed here written on this machine. Whether that works is nobody's to wait for. */
export function noteFailure(problem: unknown, where = ''): void {
  if (problem instanceof DOMException && problem.name === 'AbortError') return;
  const trace = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  void backend.studio.noteFailure({ trace: `${trace}\n${where}`.slice(0, longestTrace) }).catch(() => undefined);
}

/** Notes what nobody in the page caught, from now on. */
export function noteUncaughtFailures(): void {
  globalThis.addEventListener('error', ({ error, message }) => noteFailure(error ?? message));
  globalThis.addEventListener('unhandledrejection', ({ reason }) => noteFailure(reason));
}
