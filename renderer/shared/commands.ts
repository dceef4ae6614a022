import { useMemo } from 'react';
import { create } from 'zustand';
import { t } from '../language/language.ts';
import { backend, queries } from '../backend/client.ts';
import type { ClipboardKind, Command } from './command.ts';
import { notifyFailure } from './notices.ts';
import { useOwnKeys, withOwnKeys } from './own-keys.ts';
import { useStudio, type StudioState } from './studio-state.ts';

const useRegistry = create<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands; answers how to take them away. Throws where an id is taken. */
export function registerCommands(list: readonly Command[]): () => void {
  const taken = new Set(useRegistry.getState().commands.map((command) => command.id));
  for (const command of list) {
    if (taken.has(command.id)) throw new RangeError(`two commands are called ${command.id}`);
    taken.add(command.id);
  }
  useRegistry.setState((state) => ({ commands: [...state.commands, ...list] }));
  return () =>
    useRegistry.setState((state) => ({ commands: state.commands.filter((command) => !list.includes(command)) }));
}

/** Every command of the studio, in the order of registration, with the person's own keys where there are any. */
export function useCommands(): readonly Command[] {
  const commands = useRegistry((state) => state.commands);
  const own = useOwnKeys((state) => state.own);
  return useMemo(() => withOwnKeys(commands, own), [commands, own]);
}

/** The same with the keys that the studio comes with. */
export const useCommandDefaults = (): readonly Command[] => useRegistry((state) => state.commands);

/** The keys of a command, for a tooltip; none for an unknown one. */
export const useCommandKeys = (commandId: string): readonly string[] =>
  useCommands().find((command) => command.id === commandId)?.keys ?? noKeys;
const noKeys: readonly string[] = [];

/** Runs a command by id as its key would; nothing happens where it is unknown or not enabled now. */
export function runCommand(commandId: string): void {
  const command = useRegistry.getState().commands.find((each) => each.id === commandId);
  if (command) execute(command);
}

/** What a notice of something done offers: undo, as its key does it. */
export const undoOffer = { label: t('Undo'), run: () => runCommand('history.undo') };

/** Runs a command, registered or not; nothing happens where it is not enabled now. */
export function execute(command: Command, keyCode: string | null = null, clipboard: DataTransfer | null = null): void {
  const studio = useStudio.getState();
  if (command.enabled?.(studio) === false) return;
  try {
    void Promise.resolve(command.run({ studio, backend, queries, keyCode, clipboard })).catch(notifyFailure);
  } catch (error) {
    notifyFailure(error);
  }
}

/**
 * The command that the first matching of `names` means while focus is inside `scopes`: a scoped one wins over one for
 * the whole window, and one that is not enabled counts as absent. Pure.
 */
export function matchCommand(
  commands: readonly Command[],
  names: readonly string[],
  scopes: readonly string[],
  studio: StudioState,
): Command | undefined {
  for (const name of names) {
    const able = commands.filter(
      (command) =>
        command.keys.includes(name) &&
        command.enabled?.(studio) !== false &&
        command.notIn?.some((scope) => scopes.includes(scope)) !== true,
    );
    const found =
      able.find((command) => command.scope !== undefined && scopes.includes(command.scope)) ??
      able.find((command) => command.scope === undefined);
    if (found) return found;
  }
  return undefined;
}

interface KeyPress {
  /** Regions around the focus, innermost first. */
  readonly scopes: readonly string[];
  /** The key repeats by itself. */
  readonly held: boolean;
  /** The focus is in a field: only commands `whileTyping` are meant. */
  readonly typing: boolean;
  /** Which key went down, by its place on the board. */
  readonly code: string;
  /** Only commands of the regions around the focus are meant. */
  readonly scopedOnly: boolean;
}

/** With these a browser copies, cuts and pastes by itself. */
const nativeKeys: Readonly<Record<ClipboardKind, readonly string[]>> = {
  copy: ['Mod+C'],
  cut: ['Mod+X'],
  paste: ['Mod+V', 'Mod+Shift+V'],
};

/** What a key meant that was left to the browser: its event follows at once. */
let meant: Command | null = null;

/** The command that an event of the clipboard means now: what its key meant, else, from a menu, the first of its kind. */
export function clipboardCommand(kind: ClipboardKind): Command | undefined {
  const { commands } = useRegistry.getState();
  const asked = meant?.clipboardEvent === kind ? meant : commands.find((each) => each.clipboardEvent === kind);
  return asked?.enabled?.(useStudio.getState()) === false ? undefined : asked;
}

/** Runs it with what the event carries; answers whether anything did. */
export function runByClipboard(kind: ClipboardKind, clipboard: DataTransfer | null): boolean {
  const command = clipboardCommand(kind);
  meant = null;
  if (command) execute(command, null, clipboard);
  return command !== undefined;
}

/** Runs what the names mean; answers whether anything did. */
export function runByKeys(names: readonly string[], { scopes, held, typing, code, scopedOnly }: KeyPress): boolean {
  const commands = withOwnKeys(useRegistry.getState().commands, useOwnKeys.getState().own);
  const heard = commands.filter(
    ({ whileTyping, scope }) => (!typing || whileTyping === true) && (!scopedOnly || scope !== undefined),
  );
  const command = matchCommand(heard, names, scopes, useStudio.getState());
  if (!command) return false;
  const native = command.clipboardEvent && nativeKeys[command.clipboardEvent];
  if (native?.some((key) => names.includes(key)) === true) {
    meant = command;
    return false;
  }
  if (!held || command.repeats === true) execute(command, code);
  return true;
}
