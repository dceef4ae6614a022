import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { libraryModel, type LibraryModel } from '#preload/domain/model-library.ts';
import listed from '../../resources/model-library.json' with { type: 'json' };

/** The models that are worth a recommendation, the first one first: `resources/model-library.json`. */
export const modelLibrary: readonly LibraryModel[] = z.array(libraryModel).parse(listed);

/** Where the library has a model, or `main`: some have safetensors only in the hub's own conversion of their pickle. */
export const usualRevision = (repository: string): string =>
  modelLibrary.find((model) => model.repository === repository)?.revision ?? 'main';

/** How many bytes may still be written in a folder, which need not be there yet. */
export async function freeBytes(folder: string): Promise<number> {
  let there = folder;
  while (!existsSync(there)) there = path.dirname(there);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}
