import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import type { Place, PlaceListing } from '#preload/contract/places.ts';
import { refusePathInName } from '../project/file-names.ts';
import { projectExtension } from '../project/project-folder.ts';
import { hasVideoExtension } from '../project/video-extensions.ts';

/** Files and folders of this machine by opaque tokens: a page can name only what it was shown or what a person typed. */
export class Places {
  readonly #paths = new Map<string, string>();
  readonly #tokens = new Map<string, string>();

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
    if (path === undefined) throw new Failure('not-found', 'This place is no longer known: choose it again.');
    return path;
  }

  isThere(path: string): boolean {
    return existsSync(path);
  }

  /** Folders first, each by name; hidden entries are left out. The home folder for null. */
  async list(token: string | null): Promise<PlaceListing> {
    const path = token === null ? homedir() : this.pathOf(token);
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    const looked = await Promise.all(names.map((name) => this.#look(join(path, name)).catch(() => null)));
    const entries = looked.filter((entry) => entry !== null).sort(byKindAndName);
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
    const trimmed = path.trim();
    return this.#look(
      trimmed === '~' || trimmed.startsWith('~/') ? join(homedir(), trimmed.slice(1)) : resolve(trimmed),
    );
  }

  async makeFolder(token: string, name: string): Promise<Place> {
    refusePathInName(name);
    const path = join(this.pathOf(token), name);
    await mkdir(path, { recursive: true });
    return this.#look(path);
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

/** A model is a checkpoint (`config.json` beside `*.safetensors`) or a pair of ONNX exports, here or in `onnx/`. */
async function folderKind(path: string): Promise<Place['kind']> {
  if (path.endsWith(projectExtension)) return 'project';
  const names = await readdir(path).catch((): string[] => []);
  if (names.includes('config.json') && names.some((name) => name.endsWith('.safetensors'))) return 'model';
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
