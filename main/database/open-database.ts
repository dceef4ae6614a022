import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { backUp, backUpBeside } from './back-up.ts';
import { registerCarryOver } from './carry-over.ts';
import { brokenRows } from './check-rows.ts';
import { strangeParts } from './check-schema.ts';
import { applyMigrations, knownMigrations, pendingMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { ProjectDatabase } from './project-database.ts';
import { sqliteFailure } from './sqlite-failure.ts';

export interface OpenDatabase {
  readonly database: ProjectDatabase;
  /** Copies it into the folder of backups if anything changed, while others are answered. Fails as writing a file does. */
  backUp(): Promise<void>;
  /** Checkpoints and closes. */
  close(): void;
}

export interface OpenDatabaseOptions {
  readonly file: string;
  /** Where the database belongs, where `file` is a copy of it: what is carried over lies beside it. */
  readonly copyOf?: string;
  readonly backupFolder: string;
  readonly appVersion: string;
  /** It has just been looked over, by `isSoundBeside`: that is not done again. */
  readonly isSound?: boolean;
  /** Tests open with fewer, to make projects of older versions. */
  readonly migrations?: readonly Migration[];
}

/** Makes the database of a new project. The file must not be there yet. */
export function createDatabase(options: OpenDatabaseOptions): OpenDatabase {
  return open(new Database(options.file), options, 'new');
}

/**
 * Opens a project's database for writing: in WAL with full synchronisation, so that a committed edit survives the loss of
 * power. Backs up before it migrates. Fails with `unreadable-project`, `newer-project` or `disk-full`.
 */
export function openDatabase(options: OpenDatabaseOptions): OpenDatabase {
  if (!existsSync(options.file)) throw noDatabase(options.file);
  return open(new Database(options.file, { fileMustExist: true }), options, 'existing');
}

/**
 * Opens a copy in the system's temporary folder, since SQLite cannot replay a write-ahead log where it may not write.
 * Older projects are migrated in the copy; every write through it is refused.
 */
export const openDatabaseToLook = (options: OpenDatabaseOptions): OpenDatabase =>
  withCopy(options, (ofCopy, remove) => {
    const connection = new Database(ofCopy.file, { fileMustExist: true });
    const { database } = prepare(connection, ofCopy, 'existing');
    connection.pragma('query_only = ON');
    return {
      database,
      backUp: () => Promise.resolve(),
      close() {
        connection.close();
        remove();
      },
    };
  });

/** What `use` makes of a copy of a database in the system's temporary folder; `remove` is to be called at the end. */
export function withCopy<Result>(
  options: OpenDatabaseOptions,
  use: (ofCopy: OpenDatabaseOptions, remove: () => void) => Result,
): Result {
  if (!existsSync(options.file)) throw noDatabase(options.file);
  const folder = mkdtempSync(join(tmpdir(), 'cuepoint-look-'));
  try {
    const copy = join(folder, 'project.sqlite');
    copyFileSync(options.file, copy);
    if (existsSync(`${options.file}-wal`)) copyFileSync(`${options.file}-wal`, `${copy}-wal`);
    return use({ ...options, file: copy, copyOf: options.file, backupFolder: join(folder, 'backups') }, () =>
      rmSync(folder, { recursive: true, force: true }),
    );
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function open(connection: Database.Database, options: OpenDatabaseOptions, age: 'new' | 'existing'): OpenDatabase {
  const { database, changesAtStart } = prepare(connection, options, age);
  return {
    database,
    async backUp() {
      if (totalChanges(connection) === changesAtStart) return;
      const { file, backupFolder } = options;
      if (sizeInBytes(connection) > copiedAtOnce) await backUpBeside(file, backupFolder, 'close');
      else backUp(connection, backupFolder, 'close');
    },
    close: () => connection.close(),
  };
}

function prepare(
  connection: Database.Database,
  options: OpenDatabaseOptions,
  age: 'new' | 'existing',
): { readonly database: ProjectDatabase; readonly changesAtStart: number } {
  try {
    makeReady(connection, options, age);
    if (!options.isSound) refuseStrangeness(connection, options.migrations ?? knownMigrations(), options.file);
    return { database: new ProjectDatabase(connection), changesAtStart: totalChanges(connection) };
  } catch (error) {
    connection.close();
    throw sqliteFailure(error) ?? otherForm(error, options.file) ?? error;
  }
}

/** SQLite refuses a statement of ours where tables that it names are others. */
export const otherForm = (error: unknown, file: string): Failure | null =>
  error instanceof Database.SqliteError && /^SQLITE_(?:ERROR|CONSTRAINT)/u.test(error.code)
    ? new Failure(
        'unreadable-project',
        say(
          '{{file}} is not of the form that Cuepoint makes: it was changed by another program or is damaged. The folder "backups" inside the project holds earlier copies of it.',
          { file },
        ),
        { file },
        { cause: error },
      )
    : null;

/** Checks that a database is whole and ours, and brings it to this program's form; what is in its rows is not looked at. */
export function makeReady(connection: Database.Database, options: OpenDatabaseOptions, age: 'new' | 'existing'): void {
  trustNothingInside(connection);
  const check = options.isSound ? whole : damageIn(connection);
  if (check !== whole) {
    throw new Failure(
      'unreadable-project',
      say('{{file}} is damaged ({{reason}}). The folder "{{folder}}" holds earlier copies of it.', {
        file: options.file,
        reason: String(check),
        folder: options.backupFolder,
      }),
      { file: options.file, backups: options.backupFolder },
    );
  }
  const pending = pendingMigrations(connection, options.migrations ?? knownMigrations(), options.file);
  const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty && age === 'existing') {
    throw new Failure(
      'unreadable-project',
      say('{{file}} is empty. The folder "{{folder}}" holds earlier copies of it.', {
        file: options.file,
        folder: options.backupFolder,
      }),
      { file: options.file, backups: options.backupFolder },
    );
  }
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  if (pending.length > 0 && age === 'existing') backUp(connection, options.backupFolder, 'migrate');
  registerCarryOver(connection, options.copyOf ?? options.file);
  applyMigrations(connection, pending, options.appVersion);
}

/** SQLite's word for a file without damage. */
const whole = 'ok';

const damageIn = (connection: Database.Database): unknown => connection.pragma('quick_check(1)', { simple: true });

/** Whether a database is whole, of the newest form, and holds nothing for which opening would refuse it. */
export function isSound(connection: Database.Database, file: string): boolean {
  trustNothingInside(connection);
  const migrations = knownMigrations();
  return (
    damageIn(connection) === whole &&
    pendingMigrations(connection, migrations, file).length === 0 &&
    strangenessIn(connection, migrations).length === 0
  );
}

/** What a database brings along by itself, such as triggers, may call no function of this program. */
function trustNothingInside(connection: Database.Database): void {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
}

/** What no Cuepoint writes. Rows of tables that are not ours cannot even be asked for. */
function strangenessIn(connection: Database.Database, migrations: readonly Migration[]) {
  const structure = strangeParts(connection, migrations);
  return structure.length > 0 ? structure : brokenRows(connection, 'opening');
}

/** Fails with `unreadable-project` where the database holds what no Cuepoint writes, such as a path out of the project. */
function refuseStrangeness(connection: Database.Database, migrations: readonly Migration[], file: string): void {
  const faults = strangenessIn(connection, migrations).map(({ text }) => text);
  const [first] = faults;
  if (first === undefined) return;
  const more = faults.length - 1;
  const held =
    more === 0
      ? first
      : say('{{first}} and {{count}} more faults', { first, count: more, one: '{{first}} and {{count}} more fault' });
  throw new Failure(
    'unreadable-project',
    say(
      '{{file}} holds {{held}}: it was changed by another program or is damaged. "cuepoint check <project>" tells all of it, and "--repair" mends what can be.',
      { file, held },
    ),
    { file, faults },
  );
}

/** Bytes that are copied sooner than a thread starts. */
const copiedAtOnce = 4 << 20;

const sizeInBytes = (connection: Database.Database): number =>
  Number(connection.pragma('page_count', { simple: true })) * Number(connection.pragma('page_size', { simple: true }));

const totalChanges = (connection: Database.Database): number =>
  connection.prepare<[], { count: number }>('SELECT total_changes() AS count').get()!.count;

const noDatabase = (file: string): Failure =>
  new Failure('unreadable-project', say('There is no Cuepoint project here: {{file}} is missing.', { file }), { file });
