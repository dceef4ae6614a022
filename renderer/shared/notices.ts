import { create } from 'zustand';
import { isBeingAsked } from '../backend/conflicts.ts';
import { failureOf, wordsFor } from '../backend/failures.ts';

/** A short message at the top of the window. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly severity: 'success' | 'info' | 'warning' | 'error';
  readonly action?: { readonly label: string; run(): void };
}

interface Notices {
  /** The one on screen; a newer one takes its place, so that nothing stacks up and nothing jumps. */
  readonly notice: Notice | null;
  /** What a screen reader says quietly, one after the other, without any notice on screen. */
  readonly announcements: readonly { readonly id: number; readonly text: string }[];
}

export const useNotices = create<Notices>(() => ({ notice: null, announcements: [] }));

let lastId = 0;

export function notify(text: string, severity: Notice['severity'] = 'info', action?: Notice['action']): void {
  lastId += 1;
  useNotices.setState({ notice: { id: lastId, text, severity, ...(action ? { action } : {}) } });
}

/** Shows whatever was thrown in words. A cancelled request says nothing: somebody wanted it; a conflict is asked about. */
export function notifyFailure(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (isBeingAsked(error)) return;
  const failure = failureOf(error);
  notify(failure.code === 'internal' ? wordsFor(failure).title : failure.message, 'error');
}

export const dismissNotice = (): void => useNotices.setState({ notice: null });

/** What was said lies there for so long, for a reader that is still busy with what came before. */
const spokenForMs = 10_000;

/** Says something to people who listen rather than look: "12 new proposals". What comes at once with it takes nothing away. */
export function announce(text: string): void {
  lastId += 1;
  const id = lastId;
  useNotices.setState(({ announcements }) => ({ announcements: [...announcements, { id, text }] }));
  setTimeout(
    () =>
      useNotices.setState(({ announcements }) => ({ announcements: announcements.filter((each) => each.id !== id) })),
    spokenForMs,
  );
}

/** Lets `work` go on by itself; if it fails, says so. */
export const attempt = (work: Promise<unknown>): void => void work.catch(notifyFailure);
