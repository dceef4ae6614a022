import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { budgets } from '#preload/domain/budgets.ts';
import { sizeSaid } from '#preload/domain/size-words.ts';
import { anyOf } from '#preload/domain/said-lists.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { TableColumns } from '#preload/domain/table-columns.ts';
import type { ImportedAnnotations, NamedText } from './annotation-set.ts';
import { unreadableAnnotations } from './codecs/json-file.ts';
import { decodeText, utf8Chunks } from './decode-text.ts';
import type { Format } from './format.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { parquetLines } from './parquet-lines.ts';
import { provenanceEnding } from './provenance.ts';
import { tablePieces, type TableStart } from './table-pieces.ts';

interface ReadAnnotations {
  readonly imported: MergedAnnotations;
  /** How letters were read that were not certain. */
  readonly warnings: readonly Saying[];
}

type ReadPart = (text: string, name: string, start?: TableStart) => ImportedAnnotations;

const mostFiles = 100_000;
const filesThatTell = 3;
/** A table of more bytes is read piece by piece. */
const longTable = 2 ** 17;

/**
 * What a file says in a format, or all its files in a folder and the folders below; links are not followed. A file of a
 * folder that cannot be read is a fault beside the others. `columns`: how a table is laid out. `onPiece` is called after
 * each piece. `extent`: all of it, or as much as tells what it is.
 * Fails with `not-found`, with `bad-input` where it is more than the budgets allow, or with `unreadable-annotations` where
 * no file can be read.
 */
export async function readAnnotations(
  format: Format,
  path: string,
  columns: TableColumns | null = null,
  onPiece: () => void = () => undefined,
  extent: 'whole' | 'beginning' = 'whole',
): Promise<ReadAnnotations> {
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const warnings: Saying[] = [];
  const textOf = async (name: string): Promise<NamedText> => {
    const file = join(folder, name);
    const facts = await stat(file);
    if (!facts.isFile()) throw noFile(name);
    const { size } = facts;
    if (size > budgets.textBytes) throw tooLarge(name, sizeSaid(size));
    const bytes = await readFile(file);
    if (format.columnsOfParquet !== undefined && name.toLowerCase().endsWith('.parquet'))
      return { name, text: await parquetLines(bytes, name, format.columnsOfParquet) };
    const { text, warning } = decodeText(bytes, name);
    if (warning !== null) warnings.push(warning);
    return { name, text };
  };
  const readAs: ReadPart = (text, name, start) =>
    columns !== null && format.readByColumns !== undefined
      ? format.readByColumns(text, name, columns, start)
      : format.read!(text, name, start === undefined ? companions : [], start);
  const partsOf = async function* (name: string): AsyncGenerator<ImportedAnnotations> {
    const file = join(folder, name);
    const facts = await stat(file);
    const isLong = format.rowsStandAlone === true && facts.isFile() && facts.size > longTable;
    const chunks = isLong ? utf8Chunks(file) : null;
    if (chunks === null) yield readAs((await textOf(name)).text, name);
    else yield* partsOfTable(format, readAs, chunks, name);
  };
  const isCompanion = (name: string): boolean => format.companions?.test(basename(name)) === true;
  const names = isFolder ? await filesOf(folder) : [basename(path)];
  const beside = format.companions === undefined ? [] : isFolder ? names : await siblingsOf(folder);
  const tells = (name: string): boolean => isCompanion(name) || format.tellsOthers?.test(name) === true;
  const companions = await Promise.all(beside.filter(tells).map(textOf));
  const imported = new MergedAnnotations();
  const add = (part: ImportedAnnotations, name: string): void => {
    imported.add(part);
    const count = imported.segments.length + imported.faults.length;
    if (count > budgets.rows) throw tooLarge(name, say('more than {{rows}} rows', { rows: budgets.rows }));
    onPiece();
  };
  if (!isFolder) {
    for await (const part of partsOf(names[0]!)) {
      add(part, names[0]!);
      if (extent === 'beginning') break;
    }
    return { imported, warnings };
  }
  const endings = format.extensions.map((extension) => `.${extension.toLowerCase()}`);
  const own = names.filter(
    (name) => !isCompanion(name) && !name.endsWith(provenanceEnding) && endings.includes(extname(name).toLowerCase()),
  );
  if (own.length === 0) {
    const wanted = anyOf(format.extensions.map((extension) => `.${extension}`));
    throw new Failure(
      'unreadable-annotations',
      say('The folder {{folder}} has no file that ends in {{wanted}}.', { folder: basename(path), wanted }),
      {},
    );
  }
  let read = 0;
  let first: Failure | null = null;
  for (const name of extent === 'whole' ? own : own.slice(0, filesThatTell)) {
    try {
      for await (const part of partsOf(name)) add(inFile(name, part), name);
      read += 1;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      first ??= error;
      imported.faults.push({
        place: name,
        reason: say('a file cannot be read as {{name}}', { name: format.name }),
        said: error.said,
      });
    }
  }
  if (read === 0) throw first!;
  return { imported, warnings };
}

/**
 * A long table as its format reads it, some thousand rows at a time. Fails with `unreadable-annotations` where no row of
 * any is good.
 */
function* partsOfTable(
  format: Format,
  read: ReadPart,
  chunks: Iterable<string>,
  name: string,
): Generator<ImportedAnnotations> {
  let isAnyGood = false;
  let fault: Saying | null = null;
  for (const piece of tablePieces(chunks)) {
    const part = read(piece.text, name, piece.start);
    isAnyGood ||= part.segments.length > 0;
    fault ??= part.faults[0]?.said ?? null;
    yield part;
  }
  if (!isAnyGood && fault !== null)
    throw unreadableAnnotations(name, say('a file of {{format}}', { format: format.name }), fault);
}

const tooLarge = (name: string, what: Saying): Failure =>
  new Failure(
    'bad-input',
    say('{{name}} holds {{what}}, which is too much for one import; split it.', { name, what }),
    { file: name },
  );

/** Paths of all files in a folder and below, parted by `/`, in order. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length > mostFiles)
    throw new Failure(
      'bad-input',
      say('{{folder}} has {{files}} files; choose the folder of the annotations alone.', {
        folder,
        files: files.length,
      }),
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
  segments: part.segments.map((segment) => ({
    ...segment,
    place: say('{{name}}, {{place}}', { name, place: segment.place }),
  })),
  faults: part.faults.map((fault) => ({ ...fault, place: say('{{name}}, {{place}}', { name, place: fault.place }) })),
});

/** A pipe or a device may have no end, or never begin. */
const noFile = (name: string): Failure =>
  new Failure(
    'unreadable-annotations',
    say('{{name}} is no file but a pipe or a device: put the file itself there.', { name }),
    {},
  );
