import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMissing, isThereAlready } from './file-failure.ts';

/**
 * Makes a folder where it is missing, and at most `depth - 1` above it. Inside a project folders are made so: where the
 * project was moved away or deleted, writing on must not bring an empty one back. Fails as making a folder does.
 */
export function makeFolder(path: string, depth = 1): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isThereAlready(error)) return;
    if (depth === 1 || !isMissing(error)) throw error;
    makeFolder(dirname(path), depth - 1);
    makeFolder(path);
  }
}
