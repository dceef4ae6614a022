import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { getRawHeader } from '@electron/asar';
import { ensureBuilt } from '../doubles/built-program.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A file of the packaged app. */
export interface PackagedFile {
  /** From the app's folder; inside the archive as if that were a folder. */
  readonly path: string;
  readonly bytes: number;
  /** Inside the archive: what it is checked against when it is read. Null beside it. */
  readonly sha256: string | null;
}

interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly hash: string };
}

/** The unpacked tree that `npm run package` makes, made anew where it is older than what it is made of. */
export function ensurePackaged(): string {
  ensureBuilt();
  const folder = path.join(root, 'release', 'linux-unpacked');
  const made = path.join(folder, 'resources', 'app.asar');
  const sources = [...globSync('{dist,resources}/**/*', { cwd: root }), 'electron-builder.yml', 'package-lock.json'];
  const madeAt = existsSync(made) ? statSync(made).mtimeMs : 0;
  if (!sources.some((file) => statSync(path.join(root, file)).mtimeMs > madeAt)) return folder;
  const { status, stderr } = spawnSync(process.execPath, ['main/launch/package.ts'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The app could not be packaged: ${stderr}`);
  return folder;
}

/** Every file of an unpacked tree, those in its archive included. */
export function filesOf(tree: string): PackagedFile[] {
  const beside = globSync('**/*', { cwd: tree, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'app.asar')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ path: path.relative(tree, file), bytes: statSync(file).size, sha256: null }));
  const archive = 'resources/app.asar';
  const { header } = getRawHeader(path.join(tree, archive)) as unknown as { readonly header: ArchiveEntry };
  return [...beside, ...entriesOf(header, archive)];
}

function entriesOf({ files, size = 0, unpacked, integrity }: ArchiveEntry, at: string): PackagedFile[] {
  if (files) return Object.entries(files).flatMap(([name, entry]) => entriesOf(entry, `${at}/${name}`));
  return unpacked ? [] : [{ path: at, bytes: size, sha256: integrity?.hash ?? null }];
}
