import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredSizes } from '#preload/contract/projects.ts';
import type { ProjectFolder } from './folder-parts.ts';

/** How much of the disk a project's features take, by kind; files that go meanwhile do not count. */
export async function storedSizes({ features }: ProjectFolder): Promise<StoredSizes> {
  const sizes: Record<keyof StoredSizes, number> = { frames: 0, dense: 0, proposals: 0, clips: 0 };
  for (const name of await readdir(features, { recursive: true }).catch((): string[] => [])) {
    const found = await stat(join(features, name)).catch(() => null);
    if (found?.isFile()) sizes[kindOf(name)] += found.size;
  }
  return sizes;
}

function kindOf(name: string): keyof StoredSizes {
  if (name.includes('-dense-')) return 'dense';
  if (name.includes('-stage-')) return 'proposals';
  return name.includes('-clips-') ? 'clips' : 'frames';
}
