import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Provider } from './plan.ts';

/** Remembers across crashes which providers were being tried: a trial that was started and never finished, crashed. */
export interface TrialJournal {
  crashed(provider: Provider): boolean;
  start(provider: Provider): void;
  finish(provider: Provider): void;
}

/** A journal kept in `file`, or one that keeps nothing where there is no file. An unreadable journal counts as empty. */
export function openTrialJournal(file: string | undefined): TrialJournal {
  if (file === undefined) return { crashed: () => false, start: () => {}, finish: () => {} };
  const read = (): string[] => {
    try {
      return readFileSync(file, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };
  const write = (providers: readonly string[]): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, providers.map((provider) => `${provider}\n`).join(''), { flush: true });
  };
  return {
    crashed: (provider) => read().includes(provider),
    start: (provider) => write([...new Set([...read(), provider])]),
    finish: (provider) => write(read().filter((each) => each !== provider)),
  };
}
