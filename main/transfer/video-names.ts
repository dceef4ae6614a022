import { parse } from 'node:path/posix';

interface NamedFile {
  /** File name with extension. */
  readonly name: string;
  /** With folders and `/`. */
  readonly path: string;
  /** SHA-256, hex. */
  readonly checksum: string;
}

/**
 * What each video is called in a file: its file name, and where several share that, with as many of its folders as tell
 * them apart; where not even those do, with the beginning of its checksum.
 */
export const videoFileNames = (videos: readonly NamedFile[]): string[] =>
  distinct(
    videos,
    videos.map(({ name }) => name),
  );

/** The same for files that name videos without extension; where two share that, by the whole file name. */
export const videoKeys = (videos: readonly NamedFile[]): string[] => {
  const stems = videos.map(({ name }) => parse(name).name);
  const shared = sharedOf(stems);
  const names = videoFileNames(videos);
  return stems.map((stem, index) => (shared.has(stem) ? names[index]! : stem));
};

function distinct(videos: readonly NamedFile[], names: string[]): string[] {
  const folders = videos.map(({ path }) =>
    path
      .split('/')
      .slice(0, -1)
      .filter((part) => part !== '' && part !== '..'),
  );
  const deepest = Math.max(0, ...folders.map(({ length }) => length));
  let told = names;
  for (let depth = 1; depth <= deepest; depth += 1) {
    const shared = sharedOf(told);
    if (shared.size === 0) return told;
    told = told.map((name, index) =>
      shared.has(name) ? [...folders[index]!.slice(-depth), videos[index]!.name].join('/') : name,
    );
  }
  const shared = sharedOf(told);
  return told.map((name, index) => (shared.has(name) ? `${name}#${videos[index]!.checksum.slice(0, 12)}` : name));
}

/** Names that more than one video has. */
function sharedOf(names: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  const shared = new Set<string>();
  for (const name of names) (once.has(name) ? shared : once).add(name);
  return shared;
}
