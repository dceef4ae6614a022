// Protects: of several that find a damaged lock at once, one has it in the end.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { exclusively, takenWhole } from './exclusive-lock.ts';

function damagedLock(): string {
  const file = join(temporaryFolder(), 'the.lock');
  writeFileSync(file, 'this is no database at all '.repeat(100));
  return file;
}

function take(file: string): Database.Database {
  const connection = new Database(file, { timeout: 20 });
  try {
    return connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    throw error;
  }
}

test('a damaged lock is made anew', () => {
  const file = damagedLock();
  expect(exclusively(file, () => 'done')).toBe('done');
  expect(exclusively(file, () => 'again')).toBe('again');
});

test('what another has mended meanwhile is not taken from it', () => {
  const file = damagedLock();
  let other: Database.Database | undefined;
  // The other is as fast as can be: between this one's look at the damage and its mending it is done.
  const takeSlowly = (): Database.Database => {
    try {
      return take(file);
    } catch (error) {
      other ??= takenWhole(file, () => take(file));
      throw error;
    }
  };
  expect(() => takenWhole(file, takeSlowly)).toThrow('database is locked');
  const { ino } = statSync(file);
  expect(() => take(file)).toThrow('database is locked');
  other!.close();
  take(file).close();
  expect(statSync(file).ino).toBe(ino);
});
