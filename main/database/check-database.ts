import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { backUp, backupsIn } from './back-up.ts';
import { brokenRows } from './check-rows.ts';
import { strangeParts } from './check-schema.ts';
import { knownMigrations } from './migrate.ts';
import { makeReady, otherForm, withCopy } from './open-database.ts';
import type { OpenDatabaseOptions } from './open-database.ts';
import { ProjectDatabase } from './project-database.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** Something that is wrong with a project, and what became of it. */
export interface Fault {
  readonly text: string;
  /** `mendable`: a repair would; `stays`: only a person can. */
  readonly outcome: 'mended' | 'mendable' | 'stays';
}

export interface CheckedDatabase {
  readonly faults: readonly Fault[];
  /** What is in it as far as it can be read; null where it cannot be opened at all. */
  readonly database: ProjectDatabase | null;
  close(): void;
}

/**
 * Looks at all of a project's database: whether the file is whole, of this program's form, its rows possible. Works on
 * a copy; with `repair` on the file itself, of which it then keeps a copy in `backupFolder`. A file that is no whole
 * database is set aside for the newest whole copy, and says so. Fails with `newer-project`, `disk-full` or `read-only`.
 */
export function checkDatabase(options: OpenDatabaseOptions, repair: boolean): CheckedDatabase {
  const damage = damageOf(options.file);
  if (damage !== null) return replaceDamaged(options, damage, repair);
  if (repair) return check(options, true, () => undefined);
  return withCopy(options, (ofCopy, remove) => check(ofCopy, false, remove));
}

function check(options: OpenDatabaseOptions, repair: boolean, afterwards: () => void): CheckedDatabase {
  const connection = new Database(options.file, { fileMustExist: true });
  try {
    makeReady(connection, options, 'existing');
    const structure = strangeParts(connection, options.migrations ?? knownMigrations());
    // Rows of tables that are not ours cannot even be asked for.
    const isOurs = structure.every(({ mend }) => mend !== null);
    const found = [...structure, ...(isOurs ? brokenRows(connection, 'checking') : [])];
    if (repair && found.some(({ mend }) => mend !== null)) mendAll(connection, options, found);
    const orphans = connection.pragma('foreign_key_check') as unknown[];
    return {
      faults: [
        ...found.map(({ text, mend }) => ({ text, outcome: outcomeOf(mend !== null, repair) })),
        ...(orphans.length > 0
          ? [{ text: `${orphans.length} rows whose video or class is gone`, outcome: 'stays' as const }]
          : []),
      ],
      database: isOurs ? new ProjectDatabase(connection) : null,
      close() {
        connection.close();
        afterwards();
      },
    };
  } catch (error) {
    connection.close();
    throw sqliteFailure(error) ?? otherForm(error, options.file) ?? error;
  }
}

const outcomeOf = (canBeMended: boolean, repair: boolean): Fault['outcome'] =>
  !canBeMended ? 'stays' : repair ? 'mended' : 'mendable';

function mendAll(
  connection: Database.Database,
  { backupFolder }: OpenDatabaseOptions,
  found: readonly { readonly mend: string | null }[],
): void {
  backUp(connection, backupFolder, 'repair');
  connection.transaction(() => {
    for (const { mend } of found) if (mend !== null) connection.exec(mend);
  })();
}

/** What SQLite says of a file that is no whole database; null where it is one. */
function damageOf(file: string): string | null {
  let connection: Database.Database | null = null;
  try {
    connection = new Database(file, { fileMustExist: true });
    const answer = connection.pragma('integrity_check(1)', { simple: true });
    return answer === 'ok' ? null : String(answer);
  } catch (error) {
    if (sqliteFailure(error)?.code === 'unreadable-project') return (error as Error).message;
    throw sqliteFailure(error) ?? error;
  } finally {
    connection?.close();
  }
}

/** Puts the newest whole copy in the place of a damaged file, which stays beside it under another name. */
function replaceDamaged(options: OpenDatabaseOptions, damage: string, repair: boolean): CheckedDatabase {
  const { file, backupFolder } = options;
  const copy = backupsIn(backupFolder).findLast((name) => damageOf(join(backupFolder, name)) === null);
  const what = `the database is damaged (${damage})`;
  const nothing = (fault: Fault): CheckedDatabase => ({ faults: [fault], database: null, close: () => undefined });
  if (copy === undefined) return nothing({ text: `${what}, and there is no whole copy of it`, outcome: 'stays' });
  if (!repair) return nothing({ text: `${what}; the newest whole copy is ${copy}`, outcome: 'mendable' });
  const aside = freeName(`${file}.damaged`);
  const unfinished = join(backupFolder, 'project.sqlite.unfinished');
  copyFileSync(join(backupFolder, copy), unfinished);
  renameSync(file, aside);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
  renameSync(unfinished, file);
  const restored = check(options, true, () => undefined);
  const text = `${what}: the copy ${copy} took its place, later edits are only in ${aside}`;
  return { ...restored, faults: [{ text, outcome: 'mended' }, ...restored.faults] };
}

function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
