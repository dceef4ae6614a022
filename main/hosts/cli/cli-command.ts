import type { Command } from '@commander-js/extra-typings';
import type { Perform } from './perform.ts';

/** One command of the command line, whole: its file says what it takes and does, `command-table.ts` lists it. */
export interface CliCommand {
  readonly name: string;
  /** Says what the command is and takes, and what is performed once it was read. */
  declare(command: Command, perform: Perform): void;
}

/** Commands under one word: `models list`, `models add`. */
export interface CliGroup {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly CliCommand[];
}
