import type Database from 'better-sqlite3';
import { actionClass } from '#preload/domain/action-class.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import { readStored } from './stored-json.ts';

interface ClassRow {
  readonly id: number;
  readonly name: string;
  readonly prompt: string;
  readonly colour: string;
  readonly digit_key: number | null;
  readonly position: number;
  readonly removed: number;
  readonly merged_into: number | null;
  readonly parent_id: number | null;
  readonly definition: string | null;
  readonly kind: 'point' | null;
  readonly exclusive: number;
  readonly more_prompts: string | null;
  readonly examples: string | null;
}

const { shape } = actionClass;

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const toClass = (row: ClassRow): ActionClass => ({
  id: row.id,
  name: row.name,
  prompt: row.prompt,
  colour: row.colour,
  digitKey: row.digit_key,
  position: row.position,
  removed: row.removed === 1,
  ...(row.merged_into !== null && { mergedInto: row.merged_into }),
  ...(row.parent_id !== null && { parentId: row.parent_id }),
  ...(row.definition !== null && { definition: row.definition }),
  ...(row.kind !== null && { kind: row.kind }),
  ...(row.exclusive === 1 && { exclusive: true }),
  ...(row.more_prompts !== null && { morePrompts: readStored(shape.morePrompts, row.more_prompts, 'prompts') }),
  ...(row.examples !== null && { examples: readStored(shape.examples, row.examples, 'examples of a class') }),
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
      `INSERT INTO classes VALUES (@id, @name, @prompt, @colour, @digit_key, @position, @removed, @merged_into,
         @parent_id, @definition, @kind, @exclusive, @more_prompts, @examples)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, prompt = excluded.prompt, colour = excluded.colour,
         digit_key = excluded.digit_key, position = excluded.position, removed = excluded.removed,
         merged_into = excluded.merged_into, parent_id = excluded.parent_id, definition = excluded.definition,
         kind = excluded.kind, exclusive = excluded.exclusive, more_prompts = excluded.more_prompts,
         examples = excluded.examples`,
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
    this.#put.run({
      id: value.id,
      name: value.name,
      prompt: value.prompt,
      colour: value.colour,
      digit_key: value.digitKey,
      position: value.position,
      removed: value.removed ? 1 : 0,
      merged_into: value.mergedInto ?? null,
      parent_id: value.parentId ?? null,
      definition: value.definition ?? null,
      kind: value.kind ?? null,
      exclusive: value.exclusive ? 1 : 0,
      more_prompts: json(value.morePrompts),
      examples: json(value.examples),
    });
    this.#inSightAnew();
  }

  drop(id: number): void {
    this.#drop.run(id);
    this.#inSightAnew();
  }
}
