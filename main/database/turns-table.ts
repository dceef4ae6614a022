import type Database from 'better-sqlite3';
import { z } from 'zod';
import { edit, type Edit } from '#preload/domain/edit.ts';
import { readStored } from './stored-json.ts';

export interface Turn {
  readonly id: number;
  readonly editId: number;
  /** The last edit there was when it happened. */
  readonly afterEditId: number;
  readonly direction: 'made' | 'undone' | 'redone';
  /** What became of segments; null where it is what the edit says. */
  readonly segments: Edit['segments'] | null;
}

type TurnRow = Omit<Turn, 'segments'> & { readonly segments: string | null };

const segmentChanges = z.object({ segments: edit.shape.segments });

/** When edits were undone and redone, in order. */
export class TurnsTable {
  readonly #append: Database.Statement<[Pick<TurnRow, 'editId' | 'direction' | 'segments'>]>;
  readonly #since: Database.Statement<[number], TurnRow>;
  readonly #last: Database.Statement<[], { seq: number }>;

  constructor(connection: Database.Database) {
    this.#append = connection.prepare(
      `INSERT INTO turns (edit_id, after_edit_id, direction, segments)
       VALUES (@editId, (SELECT seq FROM sqlite_sequence WHERE name = 'edits'), @direction, @segments)`,
    );
    this.#since = connection.prepare(
      `SELECT id, edit_id AS editId, after_edit_id AS afterEditId, direction, segments FROM turns WHERE id > ? ORDER BY id DESC`,
    );
    this.#last = connection.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'turns'`);
  }

  append(editId: number, direction: Turn['direction'], segments: Turn['segments']): void {
    this.#append.run({ editId, direction, segments: segments === null ? null : JSON.stringify({ segments }) });
  }

  /** The last there ever was; 0 for none. */
  lastId(): number {
    return this.#last.get()?.seq ?? 0;
  }

  /** After one, newest first. */
  since(id: number): Turn[] {
    return this.#since.all(id).map(({ segments, ...row }) => ({
      ...row,
      segments: segments === null ? null : readStored(segmentChanges, segments, 'a step of the history').segments,
    }));
  }
}
