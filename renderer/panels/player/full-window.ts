import { create } from 'zustand';

/** Whether the player fills the window; nothing else of the studio is seen then, and its keys go on. */
export const useFullWindow = create<{ readonly fills: boolean }>(() => ({ fills: false }));

/** Fills the window, or leaves that, and the whole screen with it. */
export function fillWindow(fills: boolean): void {
  useFullWindow.setState({ fills });
  if (!fills && document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

/** Fills the screen, where the browser lets it; until somebody leaves it, by the browser's own key too. */
export async function fillScreen(): Promise<void> {
  await document.documentElement.requestFullscreen();
  useFullWindow.setState({ fills: true });
  const over = new AbortController();
  const onChange = (): void => {
    if (document.fullscreenElement) return;
    over.abort();
    useFullWindow.setState({ fills: false });
  };
  document.addEventListener('fullscreenchange', onChange, { signal: over.signal });
}
