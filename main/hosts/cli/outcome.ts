/** What a command did: one document for scripts, the same in words for people. */
export interface Outcome {
  /** Printed with `--json`: names in snake_case, times in seconds. */
  readonly document: unknown;
  /** Printed without; no newline at the end. */
  readonly text: string;
  /** Some of what was asked did not work; why is in both of the above. */
  readonly incomplete?: boolean;
  /** Instead of 0, for whoever tells ends apart by it. */
  readonly exitCode?: number;
}
