import type { Command } from '../shared/command.ts';

/**
 * The commands that fit what was typed, best first: those whose label starts with it, then with a word that starts with
 * it, then that hold all its words anywhere in label or group; ties keep their order. All of them for nothing typed. Pure.
 */
export function rankCommands(commands: readonly Command[], typed: string): Command[] {
  const text = typed.trim().toLocaleLowerCase();
  if (text === '') return [...commands];
  const words = text.split(/\s+/);
  const rankOf = (command: Command): number => {
    const label = command.label.toLocaleLowerCase();
    if (label.startsWith(text)) return 0;
    if (` ${label}`.includes(` ${text}`)) return 1;
    const all = `${label} ${command.group.toLocaleLowerCase()}`;
    return words.every((word) => all.includes(word)) ? 2 : 3;
  };
  return commands
    .map((command) => ({ command, rank: rankOf(command) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
