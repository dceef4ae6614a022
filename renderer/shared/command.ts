import type { QueryClient } from '@tanstack/react-query';
import type { BackendClient } from '#preload/contract/contract.ts';
import type { SidePanel } from './side-panels.ts';
import type { StudioState } from './studio-state.ts';
import { t } from '../language/language.ts';

/** The headings of the key map, in the order in which it shows them. */
export const commandGroups = [
  'Project',
  'Player',
  'Timeline',
  'Segments',
  'Review',
  'Teach',
  'Classes',
  'Library',
  'Window',
] as const;
export type CommandGroup = (typeof commandGroups)[number];

export const groupNames: Readonly<Record<CommandGroup, string>> = {
  Project: t('Project'),
  Player: t('Player'),
  Timeline: t('Timeline'),
  Segments: t('Segments'),
  Review: t('Review'),
  Teach: t('Teach'),
  Classes: t('Classes'),
  Library: t('Library'),
  Window: t('Window'),
};

/** A region of the window, marked `data-command-scope`, inside which some keys mean something of their own. */
type CommandScope = SidePanel | 'player' | 'picture' | 'timeline' | 'inspector';

/** What a region is called within a sentence. */
export const scopeNames: Readonly<Record<CommandScope, string>> = {
  library: t('library', { context: 'region' }),
  classes: t('classes', { context: 'region' }),
  search: t('search', { context: 'region' }),
  review: t('review', { context: 'region' }),
  history: t('history', { context: 'region' }),
  teach: t('teach', { context: 'region' }),
  player: t('player', { context: 'region' }),
  picture: t('picture', { context: 'region' }),
  timeline: t('timeline', { context: 'region' }),
  inspector: t('inspector', { context: 'region' }),
};

export type ClipboardKind = 'copy' | 'cut' | 'paste';

export interface CommandContext {
  readonly studio: StudioState;
  readonly backend: BackendClient;
  /** What the backend last said, to be read without waiting: `queries.getQueryData(api.videos.list.queryKey())`. */
  readonly queries: QueryClient;
  /** The key's place on the board (`KeyboardEvent.code`) while a key asked; null for menu and palette. */
  readonly keyCode: string | null;
  /** What the browser's own copy, cut or paste carries; null where nothing of the kind asked. */
  readonly clipboard: DataTransfer | null;
}

/** One thing the studio can do. Shortcuts, palette, application menu and key map all come from the same list of these. */
export interface Command {
  /** `noun.verb`, stable: the application menu names it. */
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  /**
   * Key combinations in the spelling of `strokeNames`: `Mod+Z`, `ArrowLeft`, `Space`, `[`. None: palette and menu only.
   * Browsers keep some for themselves (`Mod+N`, `Mod+T`, `Mod+W`, with or without Shift), so no command may use those.
   */
  readonly keys: readonly string[];
  /** Its keys count in a field as well, as far as they type nothing there. */
  readonly whileTyping?: boolean;
  /** Keys work only while focus is inside this region, and there they win over keys without a scope. */
  readonly scope?: CommandScope;
  /** Regions in which its keys mean nothing: the hand is on something else there than what the command is about. */
  readonly notIn?: readonly CommandScope[];
  /**
   * While it has the browser's own keys for this (`Mod+C`, `Mod+X`, `Mod+V`, `Mod+Shift+V`), the browser's event runs it,
   * which carries the clipboard without asking anybody for leave.
   */
  readonly clipboardEvent?: ClipboardKind;
  /** Holding the key down runs it again and again (frame steps); otherwise once per press. */
  readonly repeats?: boolean;
  /** Left out of the palette and the key map, where another entry stands for it (one row for ten digits, a class). */
  readonly hidden?: boolean;
  enabled?(studio: StudioState): boolean;
  /** What it rejects with is shown as a notice. */
  run(context: CommandContext): void | Promise<void>;
}
