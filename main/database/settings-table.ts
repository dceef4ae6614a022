import type Database from 'better-sqlite3';
import { projectSettings } from '#preload/domain/settings.ts';
import type { ProjectSettings, ProjectSettingsChange } from '#preload/domain/settings.ts';

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
    return projectSettings.parse(Object.fromEntries(this.#all.all().map((row) => [row.name, JSON.parse(row.value)])));
  }

  /** What is left out of `change` stays. */
  write(change: ProjectSettingsChange): void {
    for (const [name, value] of Object.entries(change)) {
      if (value !== undefined) this.#put.run(name, JSON.stringify(value));
    }
  }
}
