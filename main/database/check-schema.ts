import Database from 'better-sqlite3';
import { registerCarryOver } from './carry-over.ts';
import { applyMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';

interface SchemaRow {
  readonly type: 'table' | 'index' | 'trigger' | 'view';
  readonly name: string;
  readonly sql: string | null;
}

/** A part of a database's structure that the migrations do not make, or make otherwise. */
export interface StrangePart {
  /** 'a trigger "x" that no Cuepoint makes' for a person. */
  readonly text: string;
  /** Takes it out where nothing of a person's is in it; null where its rows may be. */
  readonly mend: string | null;
}

/** What a database holds besides the tables and indexes that these migrations make, or in their place. */
export function strangeParts(connection: Database.Database, migrations: readonly Migration[]): StrangePart[] {
  const wanted = new Map(schemaOf(migrations).map((row) => [row.name, row]));
  const found = rowsOf(connection);
  const strange = found.filter(({ name, type, sql }) => {
    const ours = wanted.get(name);
    return ours === undefined || ours.type !== type || ours.sql !== sql;
  });
  const names = new Set(found.map(({ name }) => name));
  const missing = [...wanted.values()].filter(({ name }) => !names.has(name));
  return [
    ...strange.map(({ type, name }) => ({
      text: `a ${type} "${name}" that no Cuepoint makes`,
      mend: type === 'table' ? null : `DROP ${type.toUpperCase()} "${name.replaceAll('"', '""')}"`,
    })),
    ...missing.map(({ type, name, sql }) => ({
      text: `no ${type} "${name}", which is needed`,
      mend: type === 'index' ? sql : null,
    })),
  ];
}

const rowsOf = (connection: Database.Database): SchemaRow[] =>
  connection
    .prepare<[], SchemaRow>(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' AND type <> 'index' OR sql IS NOT NULL
         AND name NOT GLOB 'sqlite_*' ORDER BY name`,
    )
    .all();

/** As the migrations make it; made once for each number of them. */
function schemaOf(migrations: readonly Migration[]): readonly SchemaRow[] {
  const key = migrations.map(({ checksum }) => checksum).join();
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const connection = new Database(':memory:');
  try {
    registerCarryOver(connection, '');
    applyMigrations(connection, migrations, '');
    const rows = rowsOf(connection);
    schemas.set(key, rows);
    return rows;
  } finally {
    connection.close();
  }
}

const schemas = new Map<string, readonly SchemaRow[]>();
