import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Command } from './command.ts';
import { viewStorage } from './view-storage.ts';

/** Keys that the person chose, by command id, in place of the ones a command comes with. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** Kept on this machine, per window address. */
export const useOwnKeys = create<{ readonly own: OwnKeys }>()(
  persist((): { readonly own: OwnKeys } => ({ own: {} }), {
    name: 'cuepoint.keys',
    version: 1,
    storage: viewStorage(),
  }),
);

/** The commands with the person's keys in force. Pure. */
export const withOwnKeys = (commands: readonly Command[], own: OwnKeys): readonly Command[] =>
  Object.keys(own).length === 0
    ? commands
    : commands.map((command) => {
        const keys = own[command.id];
        return keys ? { ...command, keys } : command;
      });

/** Of `keys`, those that `rival` would lose to `target`: what both come with, each for its own moment, is no conflict. */
const takenFrom = (rival: Command, target: Command, keys: readonly string[]): readonly string[] =>
  rival.id === target.id || rival.scope !== target.scope
    ? []
    : keys.filter((key) => !(rival.keys.includes(key) && target.keys.includes(key)));

/** The commands of the same region that keys would be taken from. Pure. */
export function holdersOf(
  commands: readonly Command[],
  own: OwnKeys,
  commandId: string,
  keys: readonly string[],
): Command[] {
  const target = commands.find((command) => command.id === commandId);
  if (!target) return [];
  return commands.filter((each) => {
    const taken = takenFrom(each, target, keys);
    return (own[each.id] ?? each.keys).some((key) => taken.includes(key));
  });
}

/**
 * The own keys after `keys` became those of a command: other commands of the same region lose them, and a command whose
 * keys are its own again needs no entry. Pure.
 */
export function giveKeys(
  commands: readonly Command[],
  own: OwnKeys,
  commandId: string,
  keys: readonly string[],
): OwnKeys {
  const target = commands.find((command) => command.id === commandId);
  if (!target) return own;
  const next: Record<string, readonly string[]> = { ...own, [commandId]: keys };
  for (const command of commands) {
    const taken = takenFrom(command, target, keys);
    const held = next[command.id] ?? command.keys;
    if (held.some((key) => taken.includes(key))) next[command.id] = held.filter((key) => !taken.includes(key));
  }
  const isDefault = (id: string): boolean =>
    commands.find((command) => command.id === id)?.keys.join() === next[id]!.join();
  return Object.fromEntries(Object.entries(next).filter(([id]) => !isDefault(id)));
}
