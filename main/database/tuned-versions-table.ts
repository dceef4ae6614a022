import type Database from 'better-sqlite3';
import { z } from 'zod';
import { tunedVersion, tuningPoint } from '#preload/domain/tuning.ts';
import type { TunedVersion, TuningPoint } from '#preload/domain/tuning.ts';

/** A version's row. Whether it is usable depends on the project's model, which may change. */
export interface StoredVersion extends Omit<TunedVersion, 'usable'> {
  readonly modelHash: string;
  /** Name of its file in `tuned/`. */
  readonly file: string;
  /** How many corrections there were. */
  readonly corrections: number;
}

export interface NewVersion extends Omit<StoredVersion, 'id' | 'name' | 'live'> {
  readonly curve: readonly TuningPoint[];
}

/** What is kept as JSON, besides the curve, which is long and seldom asked for. */
const facts = tunedVersion.pick({
  shots: true,
  backgroundShots: true,
  videoCount: true,
  heldOut: true,
  passed: true,
  reason: true,
  parts: true,
});
const curve = z.array(tuningPoint);

interface VersionRow {
  readonly id: number;
  readonly name: string;
  readonly created_at: number;
  readonly model: string;
  readonly model_hash: string;
  readonly preset: TunedVersion['preset'];
  readonly seed: number;
  readonly live: number;
  readonly file: string;
  readonly corrections: number;
  readonly facts: string;
}

const toVersion = (row: VersionRow): StoredVersion => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  model: row.model,
  modelHash: row.model_hash,
  preset: row.preset,
  seed: row.seed,
  live: row.live === 1,
  file: row.file,
  corrections: row.corrections,
  ...facts.parse(JSON.parse(row.facts)),
});

/** Tuned versions; at most one is live. */
export class TunedVersionsTable {
  readonly #all: Database.Statement<[], VersionRow>;
  readonly #curve: Database.Statement<[number], { readonly curve: string }>;
  readonly #get: Database.Statement<[number], VersionRow>;
  readonly #live: Database.Statement<[], VersionRow>;
  readonly #insert: Database.Statement<[Omit<VersionRow, 'id' | 'live' | 'name'>]>;
  readonly #setLive: Database.Statement<[number, number]>;
  readonly #rename: Database.Statement<[string, number]>;
  readonly #remove: Database.Statement<[number]>;

  constructor(connection: Database.Database) {
    const rows = `SELECT id, name, created_at, model, model_hash, preset, seed, live, file, corrections,
      json_remove(facts, '$.curve') AS facts FROM tuned_versions`;
    this.#all = connection.prepare(`${rows} ORDER BY id DESC`);
    this.#get = connection.prepare(`${rows} WHERE id = ?`);
    this.#live = connection.prepare(`${rows} WHERE live = 1`);
    this.#curve = connection.prepare(`SELECT json_extract(facts, '$.curve') AS curve FROM tuned_versions WHERE id = ?`);
    this.#insert = connection.prepare(
      `INSERT INTO tuned_versions (name, created_at, model, model_hash, preset, seed, live, file, corrections, facts)
       VALUES ('Version ' || (SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'tuned_versions'),
         @created_at, @model, @model_hash, @preset, @seed, 0, @file, @corrections, @facts)`,
    );
    this.#setLive = connection.prepare('UPDATE tuned_versions SET live = ? WHERE id = ?');
    this.#rename = connection.prepare('UPDATE tuned_versions SET name = ? WHERE id = ?');
    this.#remove = connection.prepare('DELETE FROM tuned_versions WHERE id = ?');
  }

  /** Newest first. */
  all(): StoredVersion[] {
    return this.#all.all().map(toVersion);
  }

  get(id: number): StoredVersion | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toVersion(row);
  }

  /** The points that a version was learned along; empty for an unknown one. */
  curve(id: number): TuningPoint[] {
    const row = this.#curve.get(id);
    return row === undefined ? [] : curve.parse(JSON.parse(row.curve));
  }

  live(): StoredVersion | null {
    const row = this.#live.get();
    return row === undefined ? null : toVersion(row);
  }

  /** A new version, not live, named by its number. Answers its identifier. */
  insert(version: NewVersion): number {
    const { createdAt, modelHash, model, preset, seed, file, corrections, ...rest } = version;
    const row = { created_at: createdAt, model_hash: modelHash, model, preset, seed, file, corrections };
    return Number(
      this.#insert.run({ ...row, facts: JSON.stringify({ ...facts.parse(rest), curve: rest.curve }) }).lastInsertRowid,
    );
  }

  /** Call inside a transaction: the one before steps back first. */
  setLive(id: number | null): void {
    const before = this.live();
    if (before !== null) this.#setLive.run(0, before.id);
    if (id !== null) this.#setLive.run(1, id);
  }

  rename(id: number, name: string): void {
    this.#rename.run(name, id);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }
}
