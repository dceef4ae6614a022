import { lstat, readFile, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';
import { provenanceEnding } from '../provenance.ts';
import { refuseNames } from '../write-folder.ts';

const written = z.object({ files: z.array(z.object({ name: z.string(), bytes: z.number() })) });

/** Pictures of a segment, as a folder of them is told by its name alone. */
const picture = /^img_\d+\.(jpg|png)$/u;

/**
 * Takes out of `folder` what an earlier export says it wrote there and the new one has no place for (`stays` tells by the
 * path, parted by `/`), and the folders that are empty then; answers how many files went. What is not as it was written,
 * or where a link leads elsewhere, is somebody else's and stays.
 */
export async function removeEarlierExport(folder: string, stays: (path: string) => boolean): Promise<number> {
  const files = await writtenFiles(folder);
  const root = await realpath(folder).catch(() => null);
  if (root === null) return 0;
  let gone = 0;
  for (const { name, bytes } of files) {
    const path = join(folder, name);
    const place = await realpath(dirname(path)).catch(() => null);
    if (place !== root && place?.startsWith(root + sep) !== true) continue;
    const there = await lstat(path).catch(() => null);
    const own = there?.isDirectory()
      ? (await readdir(path)).filter((entry) => picture.test(entry)).map((entry) => `${name}/${entry}`)
      : there?.isFile() && there.size === bytes
        ? [name]
        : [];
    for (const one of own.filter((each) => !stays(each))) {
      await rm(join(folder, one));
      gone += 1;
    }
    await removeEmpty(there?.isDirectory() ? path : dirname(path), folder);
  }
  return gone;
}

/** None where no export says so, or says a name that would lead out of the folder. */
async function writtenFiles(folder: string): Promise<z.infer<typeof written>['files']> {
  try {
    const { files } = written.parse(JSON.parse(await readFile(folder + provenanceEnding, 'utf8')));
    refuseNames(files.map(({ name }) => name));
    return files;
  } catch {
    return [];
  }
}

/** From the inside out, as far as nothing else is there. */
async function removeEmpty(from: string, root: string): Promise<void> {
  for (let at = from; at !== root; at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return;
    }
}
