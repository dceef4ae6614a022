import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';

/**
 * Electron reads an archive as if it were a folder; Node cannot. So the archive of a packaged app is laid out once, as a
 * folder of the same name beside links to all else that lies in `resources`. What lies outside the archive is linked to
 * where it lies: a native module that was left inside, or that is not outside, is not found here either. Answers the
 * folder that stands for the archive.
 */
export function layOut(resources: string): string {
  const archive = path.join(resources, 'app.asar');
  const { mtimeMs, size } = statSync(archive);
  const shelf = path.join(path.dirname(path.dirname(resources)), 'laid-out');
  const folder = path.join(shelf, `${Math.round(mtimeMs)}-${size}`);
  if (!existsSync(folder)) {
    rmSync(shelf, { recursive: true, force: true });
    mkdirSync(shelf, { recursive: true });
    const unfinished = mkdtempSync(path.join(shelf, 'unfinished-'));
    for (const name of readdirSync(resources).filter((each) => !each.startsWith('app.asar')))
      symlinkSync(path.join(resources, name), path.join(unfinished, name));
    extract(archive, path.join(unfinished, 'app.asar'));
    // Whoever lays it out at the same time makes the same.
    try {
      renameSync(unfinished, folder);
    } catch {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return path.join(folder, 'app.asar');
}

function extract(archive: string, to: string): void {
  mkdirSync(to);
  for (const entry of listPackage(archive, { isPack: false })) {
    const inside = entry.slice(1);
    const facts = statFile(archive, inside, false);
    const file = path.join(to, inside);
    if ('files' in facts) mkdirSync(file, { recursive: true });
    else if ('unpacked' in facts && facts.unpacked) symlinkSync(path.join(`${archive}.unpacked`, inside), file);
    else writeFileSync(file, extractFile(archive, inside, false));
  }
}
