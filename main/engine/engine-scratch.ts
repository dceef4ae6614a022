import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const variable = 'CUEPOINT_ENGINE_SCRATCH';
let made: string | null = null;

/**
 * Environment of every engine that this program starts: it names one folder that they share, which nobody else of this
 * machine may enter or foresee, and which goes when the program ends.
 */
export function engineEnvironment(): NodeJS.ProcessEnv {
  if (made === null) {
    const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-engine-'));
    process.once('exit', () => removeAtExit(folder));
    made = folder;
  }
  return { ...process.env, [variable]: made };
}

/** Windows keeps files that an engine still has open as it ends: they stay for its clearing of temporary files. */
function removeAtExit(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The program ends as it was to end.
  }
}

/** A file of that folder, asked for by the engine; undefined in a process that no program started as its engine. */
export function scratchFile(name: string): string | undefined {
  const folder = process.env[variable];
  return folder === undefined ? undefined : path.join(folder, name);
}
