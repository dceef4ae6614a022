import { flushSync } from 'react-dom';
import { isLeftPanel, type SidePanel } from './side-panels.ts';
import { useStudio } from './studio-state.ts';

/** Put on the field that a panel is opened for: its key brings the hand there. */
export const firstField = { 'data-first-field': true } as const;

const regionOf = (panel: SidePanel): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-command-scope="${panel}"]`);

/** Opens a panel where it is not, and puts the focus into its first field, or on the panel where it has none. */
export function showPanel(panel: SidePanel): void {
  // Within the key's own event: the next letter must meet the field, not the commands of the window.
  flushSync(() => useStudio.getState().show(isLeftPanel(panel) ? { leftPanel: panel } : { rightPanel: panel }));
  const region = regionOf(panel);
  (region?.querySelector<HTMLElement>('[data-first-field]') ?? region)?.focus();
}

/** What a panel's key does: it opens the panel and goes there; pressed again inside, it folds the panel away. */
export function goToPanel(panel: SidePanel): void {
  if (regionOf(panel)?.contains(document.activeElement) === true) useStudio.getState().togglePanel(panel);
  else showPanel(panel);
}
