import type { EngineCarrier } from '#main/engine/carriers.ts';
import { toFailure } from '#main/failures/to-failure.ts';
import type { FailureValue } from '#preload/domain/failure.ts';
import { english, saying } from '#preload/domain/saying.ts';
import type { Outcome } from './outcome.ts';
import { ProgressLine } from './progress-line.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

/**
 * Runs one command's work with its session, prints its outcome or its failure, and sets the exit code. A command that
 * goes on until it is interrupted announces its outcome by itself and answers nothing.
 */
export type Perform = (work: (session: Session) => Promise<Outcome | void>) => Promise<void>;

/** As a shell counts an end by Ctrl-C. */
const interruptedExitCode = 130;

/** Performs a command in this process: the outcome on standard output, everything else on standard error. */
export function performIn(json: boolean, carrier: EngineCarrier): Perform {
  return async (work) => {
    const interruption = new AbortController();
    const interrupt = () => interruption.abort();
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const progress = new ProgressLine(process.stderr);
    try {
      const print = (outcome: Outcome) => {
        progress.clear();
        printOutcome(outcome, json);
      };
      await using session = openSession(carrier, interruption.signal, progress, print);
      const outcome = await work(session);
      if (outcome) print(outcome);
    } catch (error) {
      progress.clear();
      if (interruption.signal.aborted) {
        printFailure({ code: 'cancelled', message: 'Cancelled; what was finished is kept.' }, json);
        process.exitCode = interruptedExitCode;
      } else {
        printFailure(toFailure(error).toValue(), json);
      }
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  };
}

function printOutcome({ document, text, incomplete, exitCode }: Outcome, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : text && `${text}\n`);
  if (incomplete) process.exitCode = 1;
  if (exitCode !== undefined) process.exitCode = exitCode;
}

/** One line for a person; with `--json` also one document for a script. Sets exit code 1. */
export function printFailure({ code, message, details }: FailureValue, json: boolean): void {
  process.stderr.write(`cuepoint: ${message.replaceAll('\n', ' ')}\n`);
  const error = { code, message, details: details ?? {} };
  if (json) process.stdout.write(`${JSON.stringify({ error }, inEnglish, 2)}\n`);
  process.exitCode = 1;
}

/** What is said within details is a sentence to a script too. */
function inEnglish(_: string, value: unknown): unknown {
  const said = saying.safeParse(value);
  return said.success ? english(said.data) : value;
}
