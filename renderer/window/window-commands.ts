import { t } from '../language/language.ts';
import type { Command } from '../shared/command.ts';
import { goToPanel } from '../shared/show-panel.ts';
import { sidePanelNames, sidePanels, type SidePanel } from '../shared/side-panels.ts';
import { useStudio, type StudioDialog } from '../shared/studio-state.ts';

const panel = (name: SidePanel): Command => ({
  id: `window.${name}`,
  label: sidePanels[name].label,
  group: 'Window',
  keys: [sidePanels[name].key],
  whileTyping: true,
  run: () => goToPanel(name),
});

const dialog = (name: StudioDialog, label: string, keys: readonly string[]): Command => ({
  id: `window.${name}`,
  label,
  group: 'Window',
  keys,
  whileTyping: true,
  run: ({ studio }) => studio.show({ dialog: studio.dialog === name ? null : name }),
});

/** Moves the focus to the next region of the window, as F6 does elsewhere. */
function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-command-scope]')];
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : regions.length - 1) : (here + step + regions.length) % regions.length;
  const region = regions[next];
  // A list inside takes the focus where there is one, so that its arrow keys work at once.
  (region?.querySelector<HTMLElement>('[role=listbox]') ?? region)?.focus();
}

/** Panels, dialogs and getting about in the window. */
export const windowCommands: readonly Command[] = [
  dialog('palette', t('Command palette'), ['Mod+K']),
  ...sidePanelNames.map(panel),
  dialog('jobs', t('Jobs'), ['Alt+J']),
  dialog('models', t('Model and provider'), ['Alt+M']),
  dialog('settings', t('Settings'), ['Mod+,']),
  dialog('keys', t('Keys'), ['?']),
  dialog('help', t('Help'), ['F1']),
  dialog('log', t('Log and bug report'), []),
  {
    id: 'window.fold-panels',
    label: t('Fold the side panels away, or bring them back'),
    group: 'Window',
    keys: ['Mod+B'],
    run: ({ studio }) =>
      studio.leftPanel === null && studio.rightPanel === null
        ? studio.show({ leftPanel: 'library', rightPanel: 'review' })
        : studio.show({ leftPanel: null, rightPanel: null }),
  },
  {
    id: 'window.next-region',
    label: t('Next region'),
    group: 'Window',
    keys: ['F6'],
    whileTyping: true,
    run: () => focusRegion(1),
  },
  {
    id: 'window.previous-region',
    label: t('Previous region'),
    group: 'Window',
    keys: ['Shift+F6'],
    whileTyping: true,
    run: () => focusRegion(-1),
  },
  {
    id: 'window.show-rejected',
    label: t('Show rejected segments, or hide them'),
    group: 'Window',
    keys: ['Alt+R'],
    run: () => useStudio.setState((state) => ({ showRejected: !state.showRejected })),
  },
];
