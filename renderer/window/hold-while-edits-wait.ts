import { useWaiting } from '../backend/keep-trying.ts';

/** Asks before the window is closed over edits that the backend has not heard of. Returns an end to it. */
export function holdWhileEditsWait(): () => void {
  const onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (useWaiting.getState().edits > 0) event.preventDefault();
  };
  globalThis.addEventListener('beforeunload', onBeforeUnload);
  return () => globalThis.removeEventListener('beforeunload', onBeforeUnload);
}
