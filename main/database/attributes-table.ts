import type Database from 'better-sqlite3';
import { attribute } from '#preload/domain/attribute.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import { readStored } from './stored-json.ts';

interface AttributeRow {
  readonly id: number;
  readonly name: string;
  readonly kind: Attribute['kind'];
  readonly options: string;
  readonly required: number;
  readonly class_ids: string | null;
  readonly position: number;
  readonly removed: number;
}

const toAttribute = (row: AttributeRow): Attribute => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  options: readStored(attribute.shape.options, row.options, 'the options of an attribute'),
  required: row.required === 1,
  classIds:
    row.class_ids === null
      ? null
      : readStored(attribute.shape.classIds, row.class_ids, 'the classes that an attribute is for'),
  position: row.position,
  removed: row.removed === 1,
});

/** Rows of attributes, removed ones included: callers say which they want. */
export class AttributesTable {
  readonly #all: Database.Statement<[], AttributeRow>;
  readonly #get: Database.Statement<[number], AttributeRow>;
  readonly #put: Database.Statement<[AttributeRow]>;
  readonly #drop: Database.Statement<[number]>;

  constructor(connection: Database.Database) {
    this.#all = connection.prepare('SELECT * FROM attributes ORDER BY position, id');
    this.#get = connection.prepare('SELECT * FROM attributes WHERE id = ?');
    this.#put = connection.prepare(
      `INSERT INTO attributes VALUES (@id, @name, @kind, @options, @required, @class_ids, @position, @removed)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, options = excluded.options,
         required = excluded.required, class_ids = excluded.class_ids, position = excluded.position,
         removed = excluded.removed`,
    );
    this.#drop = connection.prepare('DELETE FROM attributes WHERE id = ?');
  }

  all(): Attribute[] {
    return this.#all.all().map(toAttribute);
  }

  /** In order of position, without those that were removed. */
  present(): Attribute[] {
    return this.all().filter((value) => !value.removed);
  }

  get(id: number): Attribute | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toAttribute(row);
  }

  put({ classIds, ...value }: Attribute): void {
    this.#put.run({
      id: value.id,
      name: value.name,
      kind: value.kind,
      options: JSON.stringify(value.options),
      required: value.required ? 1 : 0,
      class_ids: classIds === null ? null : JSON.stringify(classIds),
      position: value.position,
      removed: value.removed ? 1 : 0,
    });
  }

  drop(id: number): void {
    this.#drop.run(id);
  }
}
