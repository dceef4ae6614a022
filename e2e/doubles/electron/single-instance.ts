import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning } from '#main/failures/is-running.ts';
import { stage } from './stage.ts';

/**
 * Whether this process is the first of its `userData`, as Electron decides it. A second one leaves its words where the
 * first finds them, which tells of them by `second-instance`, and then ends itself.
 */
export function takeSingleInstanceLock(): boolean {
  const folder = path.join(stage.paths.get('userData') ?? '', 'single-instance');
  if (!stage.isPackaged) return true;
  mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'first');
  if (!take(lock)) {
    const words = JSON.stringify({ words: process.argv, folder: process.cwd() });
    writeFileSync(path.join(folder, `second-${process.pid}`), words);
    return false;
  }
  const hear = (): void => {
    for (const name of readdirSync(folder).filter((each) => each.startsWith('second-'))) {
      const { words, folder: from } = read(path.join(folder, name)) ?? {};
      if (words === undefined) continue;
      rmSync(path.join(folder, name));
      stage.events.emit('second-instance', {}, words, from);
    }
  };
  watch(folder, hear).unref();
  held = lock;
  process.on('exit', leaveSingleInstanceLock);
  return true;
}

let held: string | null = null;

/** Another may be the first from now on. */
export function leaveSingleInstanceLock(): void {
  if (held !== null) rmSync(held, { force: true });
  held = null;
}

/** A lock whose process has gone is free. */
function take(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    if (isRunning(Number(readFileSync(lock, 'utf8')))) return false;
    rmSync(lock, { force: true });
    return take(lock);
  }
}

/** Null while it is being written; the watcher comes again. */
function read(file: string): { readonly words: string[]; readonly folder: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { words: string[]; folder: string };
  } catch {
    return null;
  }
}
