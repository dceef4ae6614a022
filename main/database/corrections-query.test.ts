// Protects: what people decided is found without walking through all that was proposed, which in an archive is a thousand times as much.
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { registerCarryOver } from './carry-over.ts';
import { CorrectionsQuery } from './corrections-query.ts';
import { applyMigrations, knownMigrations } from './migrate.ts';

test('no question about corrections scans the segments', () => {
  const connection = new Database(':memory:');
  registerCarryOver(connection, 'test');
  applyMigrations(connection, knownMigrations(), 'test');
  const prepare = vi.spyOn(connection, 'prepare');
  expect(new CorrectionsQuery(connection).all()).toEqual([]);
  const questions = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('segments'));
  prepare.mockRestore();
  expect(questions.length).toBeGreaterThan(5);
  for (const sql of questions) {
    // A plan does not depend on what is asked for.
    const plan = connection
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?|@\w+/g, '1')}`)
      .all();
    const scans = plan
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN segments\b/.test(detail) && !/segments_(decided|ambiguous)/.test(detail));
    expect(scans, sql).toEqual([]);
  }
  connection.close();
});
