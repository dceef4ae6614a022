import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';

const kept = 5;

/**
 * Writes a whole copy of the database into `folder`, named by the time and `why`, and forgets all but the newest few of its kind.
 * A copy that could not be finished leaves nothing behind; the error goes to the caller.
 */
export function backUp(connection: Database.Database, folder: string, why: 'close' | 'migrate'): void {
  mkdirSync(folder, { recursive: true });
  const name = `${new Date().toISOString().replaceAll(':', '-')}-${why}.sqlite`;
  const unfinished = join(folder, `${name}.unfinished`);
  try {
    connection.prepare('VACUUM INTO ?').run(unfinished);
    renameSync(unfinished, join(folder, name));
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
  const copies = readdirSync(folder)
    .filter((file) => file.endsWith(`-${why}.sqlite`))
    .sort();
  for (const old of copies.slice(0, -kept)) rmSync(join(folder, old));
}
