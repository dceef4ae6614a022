import { t } from '../language/language.ts';

/**
 * The panels beside player and timeline, in the order of their keys. The commands that open them, the icons of the rail
 * and what the view state may hold all come from this table; `window/panel-views.tsx` says how each is drawn. The
 * inspector stands below whichever is open at the right.
 */
export const sidePanels = {
  library: { side: 'left', label: t('Library'), key: 'Alt+1' },
  classes: { side: 'left', label: t('Classes'), key: 'Alt+2' },
  search: { side: 'left', label: t('Search'), key: 'Alt+3' },
  review: { side: 'right', label: t('Review queue'), key: 'Alt+4' },
  history: { side: 'right', label: t('History'), key: 'Alt+5' },
  teach: { side: 'left', label: t('Teach'), key: 'Alt+6' },
} as const satisfies Record<string, { readonly side: 'left' | 'right'; readonly label: string; readonly key: string }>;

export type SidePanel = keyof typeof sidePanels;
type PanelAt<Side> = {
  [Name in SidePanel]: (typeof sidePanels)[Name]['side'] extends Side ? Name : never;
}[SidePanel];
export type LeftPanel = PanelAt<'left'>;
export type RightPanel = PanelAt<'right'>;

export const sidePanelNames = Object.keys(sidePanels) as readonly SidePanel[];

export const isLeftPanel = (name: SidePanel): name is LeftPanel => sidePanels[name].side === 'left';
