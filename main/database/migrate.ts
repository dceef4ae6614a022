import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

export interface Migration {
  /** From 1, without gaps. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hex. */
  readonly checksum: string;
}

const migrationsFolder = new URL('./migrations/', import.meta.url);

/** Migrations that this version knows, in order. A released one is never edited: its checksum is in people's projects. */
export function knownMigrations(): readonly Migration[] {
  return readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((file, index) => {
      // A checkout on Windows may turn line ends; the statement is the same.
      const sql = readFileSync(new URL(file, migrationsFolder), 'utf8').replaceAll('\r\n', '\n');
      const number = Number(file.slice(0, 4));
      if (number !== index + 1) throw new Error(`migrations must be numbered from 1 without gaps; ${file} is not`);
      return { number, name: file.slice(5, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

interface AppliedRow {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly app_version: string;
}

/**
 * Migrations that `connection` still needs; those applied must be a prefix of those known.
 * Fails with `newer-project` where another version of the program went further, `unreadable-project` where it went elsewhere.
 */
export function pendingMigrations(
  connection: Database.Database,
  known: readonly Migration[],
  file: string,
): readonly Migration[] {
  const hasTable = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined;
  const applied = hasTable
    ? connection
        .prepare<[], AppliedRow>('SELECT number, name, checksum, app_version FROM migrations ORDER BY number')
        .all()
    : [];
  if (!hasTable && connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
    throw new Failure(
      'unreadable-project',
      say('{{file}} is a database of another program, not a Cuepoint project.', { file }),
      {
        file,
      },
    );
  }
  const last = applied.at(-1);
  if (last !== undefined && last.number > known.length) {
    throw new Failure(
      'newer-project',
      say('{{file}} was changed by Cuepoint {{version}}: open it with that version or a newer one.', {
        file,
        version: last.app_version,
      }),
      { file, neededVersion: last.app_version, migration: `${last.number} ${last.name}` },
    );
  }
  for (const [index, row] of applied.entries()) {
    if (known[index]!.checksum !== row.checksum) {
      throw new Failure(
        'unreadable-project',
        say(
          '{{file}} was made by a different build of Cuepoint (its migration {{number}} "{{name}}" is not ours): open it with Cuepoint {{version}}.',
          { file, number: String(row.number), name: row.name, version: row.app_version },
        ),
        { file, neededVersion: row.app_version },
      );
    }
  }
  return known.slice(applied.length);
}

/** Runs each pending migration in a transaction of its own, with its checksum and this program's version. */
export function applyMigrations(
  connection: Database.Database,
  pending: readonly Migration[],
  appVersion: string,
): void {
  connection.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, app_version TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const record = connection.prepare('INSERT INTO migrations VALUES (?, ?, ?, ?, ?)');
  for (const migration of pending) {
    connection.transaction(() => {
      connection.exec(migration.sql);
      record.run(migration.number, migration.name, migration.checksum, appVersion, Date.now());
    })();
  }
}
