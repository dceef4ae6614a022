import { existsSync, statSync } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { holdsNumbers } from '#main/pipeline/feature-store/npy-file.ts';
import { tensorsAreWhole } from '#main/pipeline/tune/tensors-are-whole.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { checkDatabase } from '../database/check-database.ts';
import type { Fault } from '../database/check-database.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { takeProjectLock } from '../database/project-lock.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { strangeEntries } from './links-out.ts';
import { findMedia, sha256 } from './media-locator.ts';
import { partNames, partsOf } from './folder-parts.ts';
import type { ProjectFolder } from './folder-parts.ts';
import { differencesFromLog } from './replay-edits.ts';

export interface CheckOptions {
  readonly appVersion: string;
  /** Mends what can be mended without touching what a person made; what is replaced is kept in `backups/` or beside. */
  readonly repair: boolean;
  readonly signal: AbortSignal;
  /** `done` from 0 to 1, of what has to be read. */
  onProgress(done: number, step: string): void;
}

/**
 * Verifies all of a project: its folder, its database, that its edits lead to the rows there are, its files, and the
 * content of its media. Fails with `not-found`, `project-busy`, `newer-project` or `cancelled`, and with `read-only` where
 * it is to be repaired and cannot be.
 */
export async function checkProject(path: string, options: CheckOptions): Promise<Fault[]> {
  const folder = partsOf(path);
  if (!existsSync(folder.database)) {
    throw new Failure('not-found', say('There is no project at {{path}}: "project.sqlite" is missing.', { path }), {
      path,
    });
  }
  const faults = await checkLinks(folder, options);
  // A lock that leads elsewhere would be taken elsewhere.
  if (faults.some(({ outcome }) => outcome !== 'mended')) return faults;
  const lock = takeProjectLock(folder.lock, path);
  try {
    if (options.repair) {
      const gone = clearLeftovers(folder);
      if (gone.length > 0)
        faults.push({ text: `${gone.length} unfinished files that killed programs left`, outcome: 'mended' });
    }
    options.onProgress(0, 'the database');
    const files = { file: folder.database, backupFolder: folder.backups, appVersion: options.appVersion };
    const checked = checkDatabase(files, options.repair);
    try {
      faults.push(...checked.faults);
      if (checked.database !== null) faults.push(...(await checkContents(folder, checked.database, options)));
    } finally {
      checked.close();
    }
    return faults;
  } finally {
    lock.release();
  }
}

const mend = async (repair: boolean, text: string, how: () => unknown): Promise<Fault> => {
  if (!repair) return { text, outcome: 'mendable' };
  await how();
  return { text, outcome: 'mended' };
};

const checkLinks = async ({ path }: ProjectFolder, { repair }: CheckOptions): Promise<Fault[]> =>
  Promise.all(
    strangeEntries(path, partNames).map(async (name) =>
      mend(repair, `${name} leads out of the project or is no file`, () => rm(join(path, name))),
    ),
  );

/** What needs rows that can be read; those that cannot have been told of. */
async function checkContents(
  folder: ProjectFolder,
  database: ProjectDatabase,
  options: CheckOptions,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const add = async (found: Promise<Fault[]>): Promise<void> => void faults.push(...(await found));
  await add(unlessUnreadable(async () => checkEdits(database, options)));
  await add(checkFeatures(folder, options));
  await add(unlessUnreadable(async () => checkVersions(folder, database, options)));
  await add(unlessUnreadable(async () => checkVideos(folder, database, options)));
  return faults;
}

async function unlessUnreadable(look: () => Promise<Fault[]>): Promise<Fault[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable-project') return [];
    throw error;
  }
}

async function checkEdits(database: ProjectDatabase, { onProgress }: CheckOptions): Promise<Fault[]> {
  onProgress(0.1, 'the edits');
  return differencesFromLog(database).map((text) => ({ text, outcome: 'stays' }));
}

/** Damaged features are forgotten, so that they are computed anew. */
async function checkFeatures(
  { features }: ProjectFolder,
  { repair, signal, onProgress }: CheckOptions,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const names = await readdir(features, { recursive: true }).catch(() => []);
  const arrays = names.filter((each) => each.endsWith('.npy'));
  for (const [index, name] of arrays.entries()) {
    signal.throwIfAborted();
    onProgress(0.15 + (0.25 * index) / arrays.length, `features/${name}`);
    const file = join(features, name);
    const isWhole = await isWholeArray(file);
    if (isWhole) continue;
    const stem = file.replace(/(?:\.times)?\.npy$/u, '');
    const all = [`${stem}.npy`, `${stem}.times.npy`];
    faults.push(
      await mend(repair, `features/${name} is damaged; it is computed anew when it is needed`, () =>
        Promise.all(all.map((one) => rm(one, { force: true }))),
      ),
    );
  }
  return faults;
}

async function isWholeArray(file: string): Promise<boolean> {
  try {
    return await holdsNumbers(file);
  } catch (error) {
    if (error instanceof Failure && error.code === 'bad-input') return false;
    throw error;
  }
}

/** A version whose tensors cannot be used is taken out of use; its row and name stay. */
async function checkVersions(
  folder: ProjectFolder,
  database: ProjectDatabase,
  { repair, onProgress }: CheckOptions,
): Promise<Fault[]> {
  onProgress(0.4, 'what was learned');
  const faults: Fault[] = [];
  for (const { name, kind, live, file } of database.versions.all()) {
    if (tensorsAreWhole(join(folder.tuned, ...file.split('/')), kind)) continue;
    const text = `the tensors of "${name}" are damaged or gone`;
    const stepBack = () => database.transaction(() => database.versions.setLive(kind, null));
    faults.push(live ? await mend(repair, `${text}; nothing learned is in use`, stepBack) : { text, outcome: 'stays' });
  }
  return faults;
}

async function checkVideos(
  folder: ProjectFolder,
  database: ProjectDatabase,
  { repair, signal, onProgress }: CheckOptions,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const videos = database.videos.present();
  for (const [index, video] of videos.entries()) {
    onProgress(0.4 + (0.6 * index) / videos.length, video.name);
    if (video.proxy !== null && !(await isThere(join(folder.proxies, video.proxy)))) {
      const forget = () => database.transaction(() => database.videos.setProxy(video.id, null));
      faults.push(
        await mend(repair, `the playable copy of ${video.name} is gone; it is made anew when it is needed`, forget),
      );
    }
    const media = findMedia(folder.path, video);
    if (media === null)
      faults.push({ text: `${video.name} is missing (it was at ${video.absolutePath})`, outcome: 'stays' });
    else if ((await sha256(media, signal)) !== video.checksum)
      faults.push({ text: `${media} is not the file that was added: its content changed`, outcome: 'stays' });
  }
  return faults;
}

async function isThere(file: string): Promise<boolean> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  await using handle = await open(file, 'r');
  return (await handle.stat()).size > 0;
}
