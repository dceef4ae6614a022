import type Database from 'better-sqlite3';
import { projectSettings } from '#preload/domain/settings.ts';
import type { ProjectSettings, ProjectSettingsChange } from '#preload/domain/settings.ts';
import { readStoredPlainly, strangeRow } from './stored-json.ts';

/** The settings that travel with the project, one row each. */
export class SettingsTable {
  readonly #all: Database.Statement<[], { name: string; value: string }>;
  readonly #put: Database.Statement<[string, string]>;

  constructor(connection: Database.Database) {
    this.#all = connection.prepare('SELECT name, value FROM settings');
    this.#put = connection.prepare(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
  }

  read(): ProjectSettings {
    const stored = this.#all.all().map(({ name, value }) => [name, readStoredPlainly(value, `a setting "${name}"`)]);
    const settings = projectSettings.safeParse(Object.fromEntries(stored));
    if (settings.success) return settings.data;
    throw strangeRow('settings that cannot be', { cause: settings.error });
  }

  /** What is left out of `change` stays. */
  write(change: ProjectSettingsChange): void {
    for (const [name, value] of Object.entries(change)) {
      if (value !== undefined) this.#put.run(name, JSON.stringify(value));
    }
  }
}
