import { parse } from 'node:path/posix';
import { hasVideoExtension } from '../project/video-extensions.ts';

/** A video as a file or a project names it. */
export interface VideoName {
  /** A path, a file name or an identifier; folders are parted by `/` or `\`. */
  readonly name: string;
  /** SHA-256, hex, or its first letters; null where it is not known. */
  readonly checksum: string | null;
}

/** A name as files write it: a checksum may stand behind it where nothing else tells two videos apart. */
export function videoNameOf(written: string, checksum: string | null = null): VideoName {
  const told = /^(.+)#([0-9a-f]{12,64})$/u.exec(written);
  return told === null || checksum !== null ? { name: written, checksum } : { name: told[1]!, checksum: told[2]! };
}

export type VideoMatch =
  | { readonly kind: 'found'; readonly index: number; readonly by: 'checksum' | 'name' }
  /** Several known videos fit equally well, or several wanted ones fit this one. */
  | { readonly kind: 'ambiguous'; readonly among: readonly number[]; readonly rivals: readonly number[] }
  | { readonly kind: 'unknown' };

/** MMAction2 and ActivityNet's feature files put this before a video's id; result files leave it out. */
const prefix = 'v_';

/** Nearer readings of a name come first; within one, the more folders agree the better. */
const readings: readonly ((fileName: string) => string)[] = [
  (name) => name,
  (name) => stemOf(name),
  (name) => folded(name),
  (name) => folded(stemOf(name)),
];

/** An identifier may have dots in it: only what a video is called by ends it. */
const stemOf = (name: string): string => (hasVideoExtension(name) ? parse(name).name : name);

/** Composed or decomposed, in capitals or not: as a person reads it. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Which of the known videos each wanted one is: by checksum, then by name. A name is read exactly first, then without
 * its extension, then without regard to capitals and Unicode composition, then with and without `v_`; files of one name
 * are told apart by their folders. No two wanted videos become one: the better fit has it, and of equal ones neither.
 * Linear in both lists.
 */
export function matchVideos(wanted: readonly VideoName[], known: readonly VideoName[]): VideoMatch[] {
  const index = new KnownVideos(known);
  const fits = wanted.map((video) => index.fitOf(video));
  const claims = Map.groupBy(fits.keys(), (position) =>
    fits[position]!.among.length === 1 ? fits[position]!.among[0]! : -1,
  );
  return fits.map(({ among, rank }, position): VideoMatch => {
    if (among.length === 0) return { kind: 'unknown' };
    if (among.length > 1) return { kind: 'ambiguous', among, rivals: [] };
    const rivals = claims.get(among[0]!)!.filter((other) => other !== position && !(fits[other]!.rank > rank));
    if (rivals.length > 0) return { kind: 'ambiguous', among, rivals };
    return { kind: 'found', index: among[0]!, by: rank === 0 ? 'checksum' : 'name' };
  });
}

interface Fit {
  readonly among: readonly number[];
  /** 0 by checksum; the smaller the better. */
  readonly rank: number;
}

class KnownVideos {
  readonly #folders: readonly (readonly string[])[];
  readonly #byChecksum: ReadonlyMap<string | null, number[]>;
  readonly #byReading: readonly ReadonlyMap<string, number[]>[];
  readonly #isAlwaysPrefixed: boolean;
  readonly #byFolders = new Map<readonly number[], ReadonlyMap<string, readonly number[]>>();

  constructor(known: readonly VideoName[]) {
    const parts = known.map(({ name }) => partsOf(name));
    const indices = [...known.keys()];
    this.#folders = parts.map(({ folders }) => folders);
    this.#byChecksum = Map.groupBy(indices, (index) => contentKey(known[index]!.checksum));
    this.#byReading = readings.map((read) => Map.groupBy(indices, (index) => read(parts[index]!.fileName)));
    this.#isAlwaysPrefixed = parts.length > 0 && parts.every(({ fileName }) => fileName.startsWith(prefix));
  }

  fitOf({ name, checksum }: VideoName): Fit {
    const content = contentKey(checksum);
    const byContent = content === null ? undefined : this.#byChecksum.get(content);
    if (byContent !== undefined) return { among: byContent, rank: 0 };
    const { fileName, folders } = partsOf(name);
    const spellings = this.#isAlwaysPrefixed ? [prefix + fileName, fileName] : [fileName, prefix + fileName];
    if (fileName.startsWith(prefix)) spellings.push(fileName.slice(prefix.length));
    for (const [order, spelling] of spellings.entries()) {
      for (const [level, read] of readings.entries()) {
        const found = this.#byReading[level]!.get(read(spelling));
        if (found !== undefined && fileName !== '')
          return this.#nearest(found, folders, 1 + order * readings.length + level);
      }
    }
    return { among: [], rank: Infinity };
  }

  /** Of files of one name those whose folders agree most, from the innermost outwards. */
  #nearest(found: readonly number[], folders: readonly string[], rank: number): Fit {
    if (found.length === 1)
      return { among: found, rank: rank - nearness(sharedEnd(this.#folders[found[0]!]!, folders)) };
    const byFolders = this.#byFolders.get(found) ?? groupByFolders(found, this.#folders);
    this.#byFolders.set(found, byFolders);
    let nearest = found;
    for (let depth = 1; depth <= folders.length; depth += 1) {
      const nearer = byFolders.get(endOf(folders, depth));
      if (nearer === undefined) return { among: nearest, rank: rank - nearness(depth - 1) };
      nearest = nearer;
    }
    return { among: nearest, rank: rank - nearness(folders.length) };
  }
}

/** The more folders agree the better, but never as much as another reading of the name matters. */
const nearness = (agreeing: number): number => agreeing / (agreeing + 1) / 2;

/** Files of one name by each end of their folders, so that many of one name are told apart in one pass. */
function groupByFolders(
  files: readonly number[],
  folders: readonly (readonly string[])[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const file of files) {
    for (let depth = 1; depth <= folders[file]!.length; depth += 1) {
      const end = endOf(folders[file]!, depth);
      const group = groups.get(end);
      if (group === undefined) groups.set(end, [file]);
      else group.push(file);
    }
  }
  return groups;
}

/** The innermost `depth` folders as they are compared; the prefix of a whole path stands before its first folder. */
const endOf = (folders: readonly string[], depth: number): string =>
  folders.slice(-depth).map(comparedFolder).join('/');

const comparedFolder = (folder: string): string =>
  folded(folder.startsWith(prefix) ? folder.slice(prefix.length) : folder);

/** As many as are written where a name alone would not do. */
const checksumLetters = 12;
const contentKey = (checksum: string | null): string | null =>
  checksum === null || checksum.length < checksumLetters ? null : checksum.slice(0, checksumLetters).toLowerCase();

function partsOf(name: string): { readonly fileName: string; readonly folders: readonly string[] } {
  const parts = name.split(/[/\\]/u);
  return { fileName: parts.at(-1)!, folders: parts.slice(0, -1).filter((part) => part !== '' && part !== '.') };
}

/** How many folders agree, from the innermost outwards. */
function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (
    count < Math.min(a.length, b.length) &&
    comparedFolder(a.at(-1 - count)!) === comparedFolder(b.at(-1 - count)!)
  )
    count += 1;
  return count;
}
