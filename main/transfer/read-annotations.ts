import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import type { ImportedAnnotations, NamedText, RowFault } from './annotation-set.ts';
import { decodeText } from './decode-text.ts';
import type { Format } from './format.ts';
import { mergeAnnotations } from './merge-annotations.ts';
import { provenanceEnding } from './provenance.ts';

interface ReadAnnotations {
  readonly imported: ImportedAnnotations;
  /** How letters were read that were not certain. */
  readonly warnings: readonly string[];
}

const mostFiles = 100_000;

/**
 * What a file says in a format, or all its files in a folder and the folders below; links are not followed. A file of a
 * folder that cannot be read is a fault beside the others.
 * Fails with `not-found`, or with `unreadable-annotations` where no file can be read.
 */
export async function readAnnotations(format: Format, path: string): Promise<ReadAnnotations> {
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const warnings: string[] = [];
  const textOf = async (name: string): Promise<NamedText> => {
    const { text, warning } = decodeText(await readFile(join(folder, name)), name);
    if (warning !== null) warnings.push(warning);
    return { name, text };
  };
  const isCompanion = (name: string): boolean => format.companions?.test(basename(name)) === true;
  const names = isFolder ? await filesOf(folder) : [basename(path)];
  const beside = format.companions === undefined ? [] : isFolder ? names : await siblingsOf(folder);
  const companions = await Promise.all(beside.filter((name) => isCompanion(name)).map(textOf));
  if (!isFolder) {
    const { text } = await textOf(names[0]!);
    return { imported: format.read!(text, names[0]!, companions), warnings };
  }
  const endings = format.extensions.map((extension) => `.${extension.toLowerCase()}`);
  const own = names.filter(
    (name) => !isCompanion(name) && !name.endsWith(provenanceEnding) && endings.includes(extname(name).toLowerCase()),
  );
  if (own.length === 0) {
    const wanted = format.extensions.map((extension) => `.${extension}`).join(' or ');
    throw new Failure('unreadable-annotations', `The folder ${basename(path)} has no file that ends in ${wanted}.`, {});
  }
  const parts: ImportedAnnotations[] = [];
  const faults: RowFault[] = [];
  let first: Failure | null = null;
  for (const name of own) {
    try {
      const { text } = await textOf(name);
      parts.push(inFile(name, format.read!(text, name, companions)));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      first ??= error;
      faults.push({ place: name, reason: `a file cannot be read as ${format.name}`, said: error.message });
    }
  }
  if (parts.length === 0) throw first!;
  const merged = mergeAnnotations(parts);
  return { imported: { ...merged, faults: [...merged.faults, ...faults] }, warnings };
}

/** Paths of all files in a folder and below, parted by `/`, in order. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length > mostFiles)
    throw new Failure(
      'bad-input',
      `${folder} has ${files.length} files; choose the folder of the annotations alone.`,
      {},
    );
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}

const siblingsOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

const inFile = (name: string, part: ImportedAnnotations): ImportedAnnotations => ({
  ...part,
  segments: part.segments.map((segment) => ({ ...segment, place: `${name}, ${segment.place}` })),
  faults: part.faults.map((fault) => ({ ...fault, place: `${name}, ${fault.place}` })),
});
