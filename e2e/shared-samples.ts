import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '..', '..', 'shared', 'samples');

/** Real videos and annotation files kept beside the checkout; `null` where they are not (tests then skip, and say so). */
export const sharedSamples: string | null = existsSync(folder) ? folder : null;

/** The path of one shared sample; only call it where `sharedSamples` is not null. */
export function sharedSample(...parts: string[]): string {
  return path.join(folder, ...parts);
}
