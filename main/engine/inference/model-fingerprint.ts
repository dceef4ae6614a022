import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PinnedModel, PinnedScorer } from './inference-requests.ts';
import type { ModelChoice, ScorerModel } from '../vocabulary.ts';

/** Pins a model choice to its folder's files as they are now. A folder that is not there is pinned as well: opening it says so. */
export async function pinModel({ folder, provider }: ModelChoice): Promise<PinnedModel> {
  const files = await modelFiles(folder);
  return {
    folder,
    provider,
    fingerprint: files.map(({ name, size, mtimeMs }) => `${name}:${size}:${mtimeMs}`).join('|'),
  };
}

/** The same for a model of clips with its tuning, whose file never changes once it is written. */
export async function pinScorer(scorer: ScorerModel): Promise<PinnedScorer> {
  return { ...(await pinModel(scorer)), tunedFile: scorer.tunedFile };
}

/** Size of all files in a model folder: about what the model takes in memory. */
export async function modelFolderBytes(folder: string): Promise<number> {
  return (await modelFiles(folder)).reduce((sum, { size }) => sum + size, 0);
}

async function modelFiles(folder: string): Promise<{ name: string; size: number; mtimeMs: number }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.toSorted().map(async (name) => {
      const found = await stat(path.join(folder, name)).catch(() => null);
      return found?.isFile() ? [{ name, size: found.size, mtimeMs: found.mtimeMs }] : [];
    }),
  );
  return files.flat();
}
