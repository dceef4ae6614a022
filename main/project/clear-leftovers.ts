import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../failures/is-running.ts';
import type { ProjectFolder } from './folder-parts.ts';

/** Names under which files grow until they are whole; their writers died. */
const unfinished = /\.(?:unfinished|json\.new)$|^\.writable-[\da-f-]+$/u;

/** Files of `write-file-atomic` before they get their name. */
const beforeRename = /\.json\.\d{5,}$/u;

/** A frame feature file that grows; the next run goes on with it, unless its features are complete. */
const growingFeatures = /^(?<stem>.+?)(?:\.times)?\.partial$/u;

/**
 * Removes what killed programs left in a project that this one has for itself. What an interrupted job goes on with
 * stays: features half computed, a scorer half trained.
 */
export function clearLeftovers(folder: ProjectFolder): string[] {
  const gone: string[] = [];
  const sweep = (place: string, isLeftover: (name: string) => boolean) => {
    for (const name of namesIn(place).filter(isLeftover)) {
      rmSync(join(place, name), { recursive: true, force: true });
      gone.push(join(place, name));
    }
  };
  const neverWhole = (name: string) => unfinished.test(name) || beforeRename.test(name);
  sweep(folder.path, neverWhole);
  sweep(folder.backups, (name) => neverWhole(name) || /\.unfinished-(?:journal|wal|shm)$/u.test(name));
  sweep(folder.proxies, (name) => neverWhole(name) || name.endsWith('.partial'));
  sweep(folder.tuned, (name) => neverWhole(name) || name.endsWith('.partial'));
  sweep(
    join(folder.tuned, 'scorer'),
    (name) => name !== 'unfinished' && (neverWhole(name) || name.endsWith('.partial')),
  );
  sweep(folder.features, (name) => {
    const stem = growingFeatures.exec(name)?.groups?.['stem'];
    // Arrays that are written in one go begin anew.
    return (
      neverWhole(name) ||
      name.endsWith('.npy.partial') ||
      (stem !== undefined && existsSync(join(folder.features, `${stem}.npy`)))
    );
  });
  // Encoded clips are a folder of small files for each video, each written at once.
  for (const name of namesIn(folder.features).filter((each) => each.includes('-clips-')))
    sweep(join(folder.features, name), (each) => each.endsWith('.partial'));
  for (const name of namesIn(folder.series))
    sweep(join(folder.series, name), (each) => neverWhole(each) || each.endsWith('.partial'));
  sweepNeighbours(folder.path, gone);
  return gone;
}

/** Folders of projects of this name that were never finished, unless their maker is still at work. */
function sweepNeighbours(path: string, gone: string[]): void {
  const parent = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of namesIn(parent)) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)\.unfinished$/u.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
    gone.push(join(parent, name));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that cannot be listed keeps what is in it.
    return [];
  }
}
