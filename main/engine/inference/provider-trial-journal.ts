import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Where the trial of an execution provider is noted before it starts. A driver that takes the engine down does so once:
 * the engine that the same program starts next passes it over. One file for each running program, since the trials of
 * another one would look like crashes.
 */
export const providerTrialJournal = path.join(tmpdir(), `cuepoint-provider-trials-${process.ppid}`);

/** For an engine that is told to end: no driver took it down, even if a trial was under way. */
export function forgetProviderTrials(): void {
  rmSync(providerTrialJournal, { force: true });
}
