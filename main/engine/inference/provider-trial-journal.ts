import { rmSync } from 'node:fs';
import { scratchFile } from '../engine-scratch.ts';

/**
 * Where the trial of an execution provider is noted before it starts. A driver that takes the engine down does so once:
 * the engine that the same program starts next passes it over. One file for each running program, since the trials of
 * another one would look like crashes.
 */
const providerTrialJournal = scratchFile('provider-trials');

/** Options of opening a model that note its trials; none in a process that is no program's engine. */
export const notingTrials = providerTrialJournal === undefined ? {} : { trialJournal: providerTrialJournal };

/** For an engine that is told to end: no driver took it down, even if a trial was under way. */
export function forgetProviderTrials(): void {
  if (providerTrialJournal !== undefined) rmSync(providerTrialJournal, { force: true });
}
