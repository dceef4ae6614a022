import type { Session } from './session.ts';

/** What a command did: one document for scripts, the same in words for people. */
export interface Outcome {
  /** Printed with `--json`: names in snake_case, times in seconds. */
  readonly document: unknown;
  /** Printed without; no newline at the end. */
  readonly text: string;
  /** Some of what was asked did not work; why is in both of the above. */
  readonly incomplete?: boolean;
}

/**
 * Runs one command's work with its session, prints its outcome or its failure, and sets the exit code. A command that
 * goes on until it is interrupted announces its outcome by itself and answers nothing.
 */
export type Perform = (work: (session: Session) => Promise<Outcome | void>) => Promise<void>;
