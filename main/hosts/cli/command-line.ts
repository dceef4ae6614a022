import { Command, CommanderError } from '@commander-js/extra-typings';
import type { EngineCarrier } from '#main/engine/carriers.ts';
import { programVersion } from '../program-files.ts';
import type { CliCommand, CliGroup } from './cli-command.ts';
import { commandTable } from './command-table.ts';
import { performIn, printFailure } from './perform.ts';
import type { Perform } from './perform.ts';

const name = 'cuepoint';

/**
 * Runs one command line, printing to this process's standard streams and setting its exit code: 0 only where all that
 * was asked worked.
 */
export async function runCommandLine(args: readonly string[], carrier: EngineCarrier): Promise<void> {
  const upToTheEndOfOptions = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const json = upToTheEndOfOptions.includes('--json');
  endWhenNobodyReads();
  try {
    await commandLine(performIn(json, carrier)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const problem = error.code === 'commander.help' ? 'no command was named' : error.message.replace(/^error: /, '');
    printFailure({ code: 'bad-input', message: `${problem}; "${name} --help" shows how.` }, json);
  }
}

/** `cuepoint … | head` closes our output early, which is no failure. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

function commandLine(perform: Perform): Command {
  const program = new Command(name)
    .description('Labels actions in video: it proposes, you correct.')
    .version(programVersion)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const one of commandTable) declare(program, one, perform);
  return program;
}

function declare(parent: Command, one: CliCommand | CliGroup, perform: Perform): void {
  const command = parent.command(one.name);
  if ('commands' in one) {
    command.description(one.description);
    for (const each of one.commands) declare(command, each, perform);
  } else {
    one.declare(command, perform);
    command.option('--json', 'print one JSON document');
  }
}
