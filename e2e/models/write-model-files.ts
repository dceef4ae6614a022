import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a model folder's JSON files, by name; the folder is made where it is missing. */
export function writeModelFiles(folder: string, files: Readonly<Record<string, object>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, name), `${JSON.stringify(content)}\n`);
}
