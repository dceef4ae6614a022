import type Database from 'better-sqlite3';
import { rowRules, registerRules } from './row-rules.ts';
import type { RowRule } from './row-rules.ts';

/** A rule that rows of a database break. */
export interface BrokenRows {
  /** '3 rows of "segments" that have …' for a person. */
  readonly text: string;
  /** SQL that sets them right; null where nothing may. */
  readonly mend: string | null;
}

/** Every rule that some row breaks: those looked at when a project is opened, or all of them. */
export function brokenRows(connection: Database.Database, when: RowRule['when']): BrokenRows[] {
  registerRules(connection);
  return rowRules
    .filter((rule) => when === 'checking' || rule.when === 'opening')
    .flatMap((rule) => {
      const { count } = connection
        .prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${rule.table} WHERE ${rule.broken}`)
        .get()!;
      if (count === 0) return [];
      const mend = rule.mend === null ? null : `${rule.mend} ${rule.broken}`;
      return [{ mend, text: `${count === 1 ? 'a row' : `${count} rows`} of "${rule.table}" that ${rule.says}` }];
    });
}
