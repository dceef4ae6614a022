import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Place, PlaceListing, PlacePurpose } from '#preload/contract/places.ts';
import { formats } from '../transfer/formats.ts';
import { refusePathInName } from '../project/file-names.ts';
import { projectExtension } from '../project/project-folder.ts';
import { hasVideoExtension } from '../project/video-extensions.ts';

/**
 * Files and folders of this machine by opaque tokens: a page can name only what it was shown or what a person typed.
 * What a person chose in a dialog of the system or on a command line may be written to wherever it is; what pages looked
 * up may not where programs keep their own things.
 */
export class Places {
  readonly #paths = new Map<string, string>();
  readonly #tokens = new Map<string, string>();
  /** Tokens of what was chosen outside the page. */
  readonly #chosen = new Set<string>();
  /** Tokens of files that were named whole, to be written. */
  readonly #targets = new Set<string>();
  readonly #browsable: boolean;

  /** `browsable`: pages may look folders up, as they must where the host has no dialogs. */
  constructor(browsable: boolean) {
    this.#browsable = browsable;
  }

  /** The token of what a person chose in a dialog of the system or on a command line. */
  choose(path: string): string {
    const token = this.tokenOf(path);
    this.#chosen.add(token);
    return token;
  }

  /** The token of a file that a person named whole, to be written whether or not it is there. */
  target(path: string): string {
    const token = this.choose(path);
    this.#targets.add(token);
    return token;
  }

  isTarget(token: string): boolean {
    return this.#targets.has(token);
  }

  /**
   * The path of a folder to write into. Fails with `not-found`, and with `forbidden` for one that a page looked up where
   * programs keep their own things: a hidden folder, or the inside of a project save its `exports`. The folder
   * `project` itself may always be.
   */
  async folderToWrite(token: string, project: string | null = null): Promise<string> {
    const path = this.pathOf(token);
    if (this.#chosen.has(token) || path === project) return path;
    // Through links: what counts is where it really is.
    const real = await realpath(path);
    const parts = real.split(sep);
    const inProject = parts.slice(parts.findIndex((part) => part.endsWith(projectExtension)) + 1);
    const isInner = inProject.length < parts.length && inProject.length > 0 && inProject[0] !== 'exports';
    if (!isInner && !parts.some((part) => part.startsWith('.'))) return path;
    throw new Failure(
      'forbidden',
      say('Nothing is written to {{path}} from here: choose a folder of your own.', { path }),
      { path },
    );
  }

  /** The token of a path; the same one each time. Nothing is looked at. */
  tokenOf(path: string): string {
    const absolute = resolve(path);
    const known = this.#tokens.get(absolute);
    if (known !== undefined) return known;
    const token = randomBytes(16).toString('base64url');
    this.#tokens.set(absolute, token);
    this.#paths.set(token, absolute);
    return token;
  }

  /** Fails with `not-found` for a token that was not given out since the program started. */
  pathOf(token: string): string {
    const path = this.#paths.get(token);
    if (path === undefined) throw new Failure('not-found', say('This place is no longer known: choose it again.'));
    return path;
  }

  isThere(path: string): boolean {
    return existsSync(path);
  }

  /**
   * What may answer the question or lead to an answer: folders first, each by name; hidden entries are left out. The home
   * folder for null. Fails with `forbidden` where the host has dialogs of its own.
   */
  async list(token: string | null, purpose: PlacePurpose): Promise<PlaceListing> {
    this.#needBrowsing();
    const path = token === null ? homedir() : this.pathOf(token);
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    const looked = await Promise.all(names.map((name) => this.#look(join(path, name)).catch(() => null)));
    const entries = looked
      .filter((entry) => entry !== null)
      .filter((entry) => mayAnswer(entry, purpose))
      .sort(byKindAndName);
    const parent = dirname(path);
    return {
      token: this.tokenOf(path),
      path,
      parent: parent === path ? null : this.tokenOf(parent),
      writable: await access(path, constants.W_OK).then(
        () => true,
        () => false,
      ),
      entries,
    };
  }

  /** A path that a person typed; `~` is their home. Fails with `not-found`. */
  async resolve(path: string): Promise<Place> {
    this.#needBrowsing();
    const trimmed = path.trim();
    return this.#look(
      trimmed === '~' || trimmed.startsWith('~/') ? join(homedir(), trimmed.slice(1)) : resolve(trimmed),
    );
  }

  /** What lies at places that were given out. Fails with `not-found`. */
  async look(tokens: readonly string[]): Promise<Place[]> {
    return Promise.all(tokens.map((token) => this.#look(this.pathOf(token))));
  }

  async makeFolder(token: string, name: string): Promise<Place> {
    this.#needBrowsing();
    refusePathInName(name);
    const path = join(await this.folderToWrite(token), name);
    await mkdir(path, { recursive: true });
    return this.#look(path);
  }

  #needBrowsing(): void {
    if (this.#browsable) return;
    throw new Failure('forbidden', say('Files are chosen in the dialogs of the system here.'));
  }

  async #look(path: string): Promise<Place> {
    const facts = await stat(path);
    const isFolder = facts.isDirectory();
    return {
      token: this.tokenOf(path),
      name: basename(path) || path,
      kind: isFolder ? await folderKind(path) : hasVideoExtension(path) ? 'video' : 'file',
      sizeBytes: isFolder ? null : facts.size,
    };
  }
}

/** Extensions that files have which may answer; null where any may, as the decoder and not the name decides of videos. */
const fileAnswers: Readonly<Record<PlacePurpose, readonly string[] | null>> = {
  videos: null,
  project: [],
  model: [],
  folder: [],
  annotations: [
    ...new Set(
      formats.flatMap(({ read, extensions }) => (read === undefined ? [] : extensions.map((one) => one.toLowerCase()))),
    ),
  ],
  version: ['safetensors', 'json'],
  table: ['csv', 'tsv', 'tab', 'txt', 'dat', 'log'],
};

function mayAnswer({ kind, name }: Place, purpose: PlacePurpose): boolean {
  if (kind !== 'file' && kind !== 'video') return true;
  return fileAnswers[purpose]?.includes(extname(name).slice(1).toLowerCase()) ?? true;
}

/** A model is a checkpoint (its configuration beside `*.safetensors`) or a pair of ONNX exports, here or in `onnx/`. */
async function folderKind(path: string): Promise<Place['kind']> {
  if (path.endsWith(projectExtension)) return 'project';
  const names = await readdir(path).catch((): string[] => []);
  const describes = [
    'config.json',
    'open_clip_config.json',
    'open_clip_model.safetensors',
    'open_clip_pytorch_model.safetensors',
  ];
  if (names.some((name) => describes.includes(name)) && names.some((name) => name.endsWith('.safetensors')))
    return 'model';
  const isExport = (name: string) => name === 'vision_model.onnx';
  if (names.some(isExport)) return 'model';
  const nested = names.includes('onnx') ? await readdir(join(path, 'onnx')).catch((): string[] => []) : [];
  return nested.some(isExport) ? 'model' : 'folder';
}

const order = new Intl.Collator(undefined, { numeric: true });

function byKindAndName(a: Place, b: Place): number {
  const rank = (place: Place) => (place.kind === 'video' || place.kind === 'file' ? 1 : 0);
  return rank(a) - rank(b) || order.compare(a.name, b.name);
}
