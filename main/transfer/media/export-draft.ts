import { randomUUID } from 'node:crypto';
import { appendFile, chmod, lstat, mkdir, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { makeFolder } from '#main/failures/make-folder.ts';
import { isMissing } from '#main/failures/file-failure.ts';
import { modeForOthers } from '#main/project/private-files.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { provenanceEnding } from '../provenance.ts';
import { refuseNames } from '../write-folder.ts';
import { removeEarlierExport } from './earlier-export.ts';
import { madePiece, mediaPlan, type MadePiece, type MediaPlan, type Piece } from './media-plan.ts';
import { madeTables } from './made-tables.ts';

/** What an export of many files is made in, beside its place: its plan, a line for each piece that is there, the files. */
const draftEnding = '.partial';

const order = z.object({
  /** Tells the export that began it; a job of another may not go on with it. */
  token: z.string(),
  plan: mediaPlan,
  /** JSON as `provenanceOf` says it, files left out. */
  provenance: z.string(),
});

/** An export of many files on its way: nothing of it is in its place before all of it is made. */
export class ExportDraft {
  readonly plan: MediaPlan;
  readonly #target: string;
  readonly #provenance: string;
  readonly #made: MadePiece[];

  private constructor(target: string, { plan, provenance }: z.infer<typeof order>, made: MadePiece[]) {
    this.plan = plan;
    this.#target = target;
    this.#provenance = provenance;
    this.#made = made;
  }

  /**
   * Lays down what is to be made; answers the token by which a job goes on with it. What an earlier export of the very
   * same left unfinished is kept, that of another given up. Fails with `already-there` where something else has the name, or as writing does.
   */
  static async begin(target: string, plan: MediaPlan, provenance: string): Promise<string> {
    const folder = target + draftEnding;
    const there = await lstat(folder).catch(() => null);
    if (there !== null) {
      const begun = there.isDirectory() ? await readOrder(folder) : null;
      if (begun === null)
        throw new Failure(
          'already-there',
          say('{{folder}} is in the way of the export: rename it, or choose another name.', { folder }),
          {
            path: folder,
          },
        );
      if (!isDeepStrictEqual(begun.plan, plan)) await rm(folder, { recursive: true });
    }
    const token = randomUUID();
    makeFolder(folder);
    await writeFileAtomic(join(folder, 'plan.json'), JSON.stringify(order.parse({ token, plan, provenance })));
    return token;
  }

  /** What an export with this token began. Fails with `not-found` where it is not there any more. */
  static async open(target: string, token: string): Promise<ExportDraft> {
    const folder = target + draftEnding;
    const said = await readOrder(folder);
    if (said?.token !== token)
      throw new Failure(
        'not-found',
        say('What this export had begun in {{folder}} is gone: export again.', { folder }),
        {
          path: folder,
        },
      );
    refuseNames([...said.plan.pieces.map(({ path }) => path), ...said.plan.texts.map(({ name }) => name)]);
    const lines = await readFile(join(folder, 'made.jsonl'), 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
    // A last line that a power cut left incomplete is a piece that is made again.
    const made = lines.split('\n').flatMap((line) => {
      try {
        return madePiece.parse(JSON.parse(line));
      } catch {
        return [];
      }
    });
    return new ExportDraft(target, said, made);
  }

  get made(): readonly MadePiece[] {
    return this.#made;
  }

  /** Pieces that are not made yet, in order. */
  left(): Piece[] {
    const made = new Set(this.#made.map(({ path }) => path));
    return this.plan.pieces.filter(({ path }) => !made.has(path));
  }

  /** Where a file of the export is made; its folder is there. Fails with `forbidden` where a link leads out. */
  async placeOf(path: string): Promise<string> {
    const file = join(this.#files, path);
    await mkdir(dirname(file), { recursive: true });
    const [inside, root] = [await realpath(dirname(file)), await realpath(this.#files)];
    if (inside !== root && !inside.startsWith(root + sep))
      throw new Failure(
        'forbidden',
        say('{{folder}} leads elsewhere: remove it and export again.', { folder: dirname(file) }),
        { path: file },
      );
    return file;
  }

  /** Notes that a piece is complete. */
  async keep(piece: MadePiece): Promise<void> {
    await appendFile(join(this.folder, 'made.jsonl'), `${JSON.stringify(piece)}\n`, { flush: true });
    this.#made.push(piece);
  }

  /**
   * Puts everything in its place, with the lists, and beside it where it comes from. What an earlier export wrote there
   * goes, what else lies there stays; answers how many files went.
   */
  async finish(): Promise<number> {
    const texts = [...this.plan.texts, ...madeTables(this.plan, this.#made)];
    for (const { name, text } of texts) await writeFile(await this.placeOf(name), text, { flush: true });
    await openToOthers(this.#files);
    // Told by their names, not by what is still here: a power cut may have come when a part was in its place.
    const names = new Set([...texts.map(({ name }) => name), ...this.#made.map(({ path }) => path)]);
    const isOurs = (path: string): boolean =>
      names.has(path) || (names.has(posix.dirname(path)) && path.endsWith(`.${this.plan.pictures}`));
    const gone = await removeEarlierExport(this.#target, isOurs);
    await moveInto(this.#files, this.#target);
    const files = [
      ...texts.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) })),
      ...this.#made.map(({ path, bytes, sha256 }) => ({ name: path, bytes, ...(sha256 !== null && { sha256 }) })),
    ];
    const provenance = { ...(JSON.parse(this.#provenance) as object), files };
    await writeFileAtomic(this.#target + provenanceEnding, `${JSON.stringify(provenance, null, 1)}\n`, {
      mode: modeForOthers(),
    });
    await rm(this.folder, { recursive: true, force: true });
    return gone;
  }

  /** Where it is made. */
  get folder(): string {
    return this.#target + draftEnding;
  }

  get #files(): string {
    return join(this.folder, 'files');
  }
}

async function readOrder(folder: string): Promise<z.infer<typeof order> | null> {
  try {
    return order.parse(JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** Whoever asked for the files decides who reads them; what the program keeps for itself nobody else does. */
async function openToOthers(folder: string): Promise<void> {
  const mode = modeForOthers();
  await chmod(folder, mode | ((mode & 0o444) >> 2));
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToOthers(path);
    else await chmod(path, mode);
  }
}

/** At once where nothing is there, else file by file. */
async function moveInto(from: string, to: string): Promise<void> {
  if ((await lstat(to).catch(() => null)) === null) {
    await rename(from, to);
    return;
  }
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await moveInto(source, target);
    else await rename(source, target);
  }
}
