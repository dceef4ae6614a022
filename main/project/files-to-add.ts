import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { frameFolderOf } from '#main/media/frame-folder.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { projectExtension } from './project-folder.ts';
import { hasVideoExtension } from './video-extensions.ts';

const order = new Intl.Collator(undefined, { numeric: true });

/**
 * The files that adding these paths means: a file as it is, even one that is not there (its job then says so), and of a
 * folder every video file inside it, however deep, hidden ones and projects left out. A folder of numbered pictures and
 * no videos is a video itself.
 * Fails with `bad-input` where folders hold no video at all.
 */
export async function filesToAdd(paths: readonly string[]): Promise<string[]> {
  const files = (await Promise.all(paths.map(filesUnder))).flat();
  if (files.length > 0) return [...new Set(files)];
  throw new Failure('bad-input', say('There is no video file in {{paths}}.', { paths }), { paths });
}

async function filesUnder(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => null);
  if (facts?.isDirectory() === true) return videosInside(path);
  // A pattern such as frames/%06d.jpg means its folder.
  return !facts && (await frameFolderOf(path)) ? [dirname(path)] : [path];
}

async function videosInside(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.name.startsWith('.') && !entry.name.endsWith(projectExtension))
    .sort((a, b) => order.compare(a.name, b.name));
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return videosInside(path);
      return hasVideoExtension(path) ? [path] : [];
    }),
  );
  const videos = found.flat();
  return videos.length === 0 && (await frameFolderOf(folder)) ? [folder] : videos;
}
