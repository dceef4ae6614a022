import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { say } from '#preload/domain/saying.ts';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { callOnThread, moduleBeside } from '../call-port/thread.ts';
import { makeFolder } from '../failures/make-folder.ts';

const kept = 5;

export type BackupOccasion = 'close' | 'migrate' | 'repair';

/** `000012-2031-05-06T…-close.sqlite`: clocks go back, numbers do not. Older ones have no number and come before. */
const numbered = /^(?<number>\d{6,})-\d{4}-/u;

const numberOf = (name: string): number => Number(numbered.exec(name)?.groups?.['number'] ?? 0);

/** Names of the whole copies in a folder, oldest first. */
export function backupsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.sqlite'));
  return names.sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

/**
 * Writes a whole copy of the database into `folder`, named by its number, the time and `why`, and forgets all but the newest few of its kind.
 * A copy that could not be finished leaves nothing behind; the error goes to the caller.
 */
export function backUp(connection: Database.Database, folder: string, why: BackupOccasion): void {
  makeFolder(folder);
  const number = Math.max(0, ...backupsIn(folder).map(numberOf)) + 1;
  const name = `${String(number).padStart(6, '0')}-${new Date().toISOString().replaceAll(':', '-')}-${why}.sqlite`;
  const unfinished = join(folder, `${name}.unfinished`);
  try {
    connection.prepare('VACUUM INTO ?').run(unfinished);
    renameSync(unfinished, join(folder, name));
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
  const copies = backupsIn(folder).filter((file) => file.endsWith(`-${why}.sqlite`));
  for (const old of copies.slice(0, -kept)) rmSync(join(folder, old));
}

/** What the thread that backs up is asked. */
export interface BackUpCalls {
  backUp: {
    input: { readonly file: string; readonly folder: string; readonly why: BackupOccasion };
    output: null;
  };
}

const entry = moduleBeside(import.meta.filename, 'back-up-worker');

/**
 * As `backUp` does, from a connection of its own on a thread: a large copy takes seconds, in which this thread answers.
 * What is committed meanwhile is not in it.
 */
export const backUpBeside = (file: string, folder: string, why: BackupOccasion): Promise<null> =>
  callOnThread<BackUpCalls>(
    entry,
    (reason) => say('The copy of {{file}} could not be finished: {{reason}}.', { file, reason }),
    'backUp',
    { file, folder, why },
    {},
  );
