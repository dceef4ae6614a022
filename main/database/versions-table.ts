import type Database from 'better-sqlite3';
import { z } from 'zod';
import { tuningPoint } from '#preload/domain/tuning.ts';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { versionKinds } from '#preload/domain/version-kinds.ts';
import type { VersionKind, VersionOf } from '#preload/domain/version-kinds.ts';
import { readStored, readStoredPlainly } from './stored-json.ts';

/** What is kept of a version beside what it says of itself. */
interface Keeping {
  /** Hash of the model that it was learned for; null where an older project did not keep it. */
  readonly modelHash: string | null;
  /** Its file, from `tuned/`, with `/`. */
  readonly file: string;
  /** How many corrections there were. */
  readonly corrections: number;
}

/** A version's row. Whether it is usable depends on the project's models, which may change. */
export type StoredVersion<Kind extends VersionKind = VersionKind> = {
  [One in Kind]: Omit<VersionOf<One>, 'usable'> & Keeping;
}[Kind];

/** A version that is to become a row, not live; without a name it is called by its number. */
export type NewVersion<Kind extends VersionKind = VersionKind> = {
  [One in Kind]: Omit<StoredVersion<One>, 'id' | 'name' | 'live'> & {
    readonly name?: string;
    readonly curve: readonly TuningPoint[];
  };
}[Kind];

const curve = z.array(tuningPoint);

interface VersionRow {
  readonly id: number;
  readonly kind: VersionKind;
  readonly name: string;
  readonly created_at: number;
  readonly model: string;
  readonly model_hash: string | null;
  readonly live: number;
  readonly file: string;
  readonly corrections: number;
  /** JSON: the rest of what a version says of itself. */
  readonly facts: string;
}

function toVersion<Kind extends VersionKind>(row: VersionRow): StoredVersion<Kind> {
  const { usable: _, ...version } = versionKinds[row.kind].facts.parse({
    ...(readStoredPlainly(row.facts, `facts of "${row.name}"`) as object),
    id: row.id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    model: row.model,
    live: row.live === 1,
    usable: true,
  });
  const keeping: Keeping = { modelHash: row.model_hash, file: row.file, corrections: row.corrections };
  return { ...version, ...keeping } as unknown as StoredVersion<Kind>;
}

/**
 * Versions of what was learned, of every kind; of each kind at most one is live. Kinds that this program does not know
 * are passed over.
 */
export class VersionsTable {
  readonly #all: Database.Statement<[], VersionRow>;
  readonly #curve: Database.Statement<[number], { readonly curve: string }>;
  readonly #get: Database.Statement<[number], VersionRow>;
  readonly #number: Database.Statement<[string], { readonly last: number }>;
  readonly #insert: Database.Statement<[Omit<VersionRow, 'id' | 'live'>]>;
  readonly #stepBack: Database.Statement<[string]>;
  readonly #goLive: Database.Statement<[number]>;
  readonly #rename: Database.Statement<[string, number]>;
  readonly #remove: Database.Statement<[number]>;

  constructor(connection: Database.Database) {
    const rows = `SELECT id, kind, name, created_at, model, model_hash, live, file, corrections,
      json_remove(facts, '$.curve') AS facts FROM versions`;
    this.#all = connection.prepare(`${rows} ORDER BY id DESC`);
    this.#get = connection.prepare(`${rows} WHERE id = ?`);
    this.#curve = connection.prepare(
      `SELECT coalesce(json_extract(facts, '$.curve'), '[]') AS curve FROM versions WHERE id = ?`,
    );
    this.#number = connection.prepare(
      `INSERT INTO version_numbers VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = last + 1 RETURNING last`,
    );
    this.#insert = connection.prepare(
      `INSERT INTO versions (kind, name, created_at, model, model_hash, live, file, corrections, facts)
       VALUES (@kind, @name, @created_at, @model, @model_hash, 0, @file, @corrections, @facts)`,
    );
    this.#stepBack = connection.prepare('UPDATE versions SET live = 0 WHERE kind = ? AND live = 1');
    this.#goLive = connection.prepare('UPDATE versions SET live = 1 WHERE id = ?');
    this.#rename = connection.prepare('UPDATE versions SET name = ? WHERE id = ?');
    this.#remove = connection.prepare('DELETE FROM versions WHERE id = ?');
  }

  /** Newest first. */
  all(): StoredVersion[] {
    return this.#all
      .all()
      .filter(({ kind }) => Object.hasOwn(versionKinds, kind))
      .map((row) => toVersion(row));
  }

  /** Newest first. */
  of<Kind extends VersionKind>(kind: Kind): StoredVersion<Kind>[] {
    return this.#all
      .all()
      .filter((row) => row.kind === kind)
      .map((row) => toVersion<Kind>(row));
  }

  get(id: number): StoredVersion | null {
    const row = this.#get.get(id);
    return row === undefined || !Object.hasOwn(versionKinds, row.kind) ? null : toVersion(row);
  }

  /** The points that a version was learned along; empty for an unknown one. */
  curve(id: number): TuningPoint[] {
    const row = this.#curve.get(id);
    return row === undefined ? [] : readStored(curve, row.curve, 'a curve');
  }

  live<Kind extends VersionKind>(kind: Kind): StoredVersion<Kind> | null {
    return this.of(kind).find(({ live }) => live) ?? null;
  }

  /** Answers its identifier. Call inside a transaction. */
  insert(version: NewVersion): number {
    const { kind, name, createdAt, model, modelHash, file, corrections, ...facts } = version;
    const { last } = this.#number.get(kind)!;
    const row = { kind, model, file, corrections, created_at: createdAt, model_hash: modelHash };
    refuseUnreadable(kind, facts);
    const { lastInsertRowid } = this.#insert.run({
      ...row,
      name: name ?? `Version ${last}`,
      facts: JSON.stringify(facts),
    });
    return Number(lastInsertRowid);
  }

  /** No version of the kind is live, or this one alone. Call inside a transaction. */
  setLive(kind: VersionKind, id: number | null): void {
    this.#stepBack.run(kind);
    if (id !== null) this.#goLive.run(id);
  }

  rename(id: number, name: string): void {
    this.#rename.run(name, id);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }
}

/** Fails where a version does not say of itself what its kind does: such a row could never be read again. */
function refuseUnreadable(kind: VersionKind, facts: object): void {
  versionKinds[kind].facts.parse({
    ...facts,
    id: 1,
    kind,
    name: 'new',
    createdAt: 0,
    model: '',
    live: false,
    usable: true,
  });
}
