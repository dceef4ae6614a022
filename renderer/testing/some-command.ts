import type { Command } from '../shared/command.ts';

/** A command of the whole window on the key A that does nothing, but for what `over` says. */
export const someCommand = (id: string, over: Partial<Command> = {}): Command => ({
  id,
  label: id,
  group: 'Window',
  keys: ['A'],
  run: () => {},
  ...over,
});
