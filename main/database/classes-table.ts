import type Database from 'better-sqlite3';
import type { ActionClass } from '#preload/domain/action-class.ts';

interface ClassRow {
  readonly id: number;
  readonly name: string;
  readonly prompt: string;
  readonly colour: string;
  readonly digit_key: number | null;
  readonly position: number;
  readonly removed: number;
  readonly merged_into: number | null;
}

const toClass = (row: ClassRow): ActionClass => ({
  id: row.id,
  name: row.name,
  prompt: row.prompt,
  colour: row.colour,
  digitKey: row.digit_key,
  position: row.position,
  removed: row.removed === 1,
  ...(row.merged_into !== null && { mergedInto: row.merged_into }),
});

/** Rows of action classes, removed ones included: callers say which they want. */
export class ClassesTable {
  readonly #all: Database.Statement<[], ClassRow>;
  readonly #get: Database.Statement<[number], ClassRow>;
  readonly #put: Database.Statement<[ClassRow]>;
  readonly #drop: Database.Statement<[number]>;

  readonly #inSightAnew: () => void;

  /** `inSightAnew` is told when a class may have come, gone out of sight or come back. */
  constructor(connection: Database.Database, inSightAnew: () => void) {
    this.#inSightAnew = inSightAnew;
    this.#all = connection.prepare('SELECT * FROM classes ORDER BY position, id');
    this.#get = connection.prepare('SELECT * FROM classes WHERE id = ?');
    this.#put = connection.prepare(
      `INSERT INTO classes VALUES (@id, @name, @prompt, @colour, @digit_key, @position, @removed, @merged_into)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, prompt = excluded.prompt, colour = excluded.colour,
         digit_key = excluded.digit_key, position = excluded.position, removed = excluded.removed,
         merged_into = excluded.merged_into`,
    );
    this.#drop = connection.prepare('DELETE FROM classes WHERE id = ?');
  }

  all(): ActionClass[] {
    return this.#all.all().map(toClass);
  }

  /** In order of position, without those that were removed. */
  present(): ActionClass[] {
    return this.all().filter((value) => !value.removed);
  }

  get(id: number): ActionClass | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toClass(row);
  }

  put(value: ActionClass): void {
    const { digitKey, removed, mergedInto = null, ...same } = value;
    this.#put.run({ ...same, digit_key: digitKey, removed: removed ? 1 : 0, merged_into: mergedInto });
    this.#inSightAnew();
  }

  drop(id: number): void {
    this.#drop.run(id);
    this.#inSightAnew();
  }
}
