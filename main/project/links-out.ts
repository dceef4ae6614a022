import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { isMissing } from '../failures/file-failure.ts';

/** Folders inside folders that are looked into: a project has two. */
const deepest = 6;

/**
 * What in a project's folder is no file and no folder of its own: links that lead out of it, pipes, devices. Whoever
 * writes to such a name writes elsewhere. Answers paths from `project`; `parts` are the names inside it to look at.
 */
export function strangeEntries(project: string, parts: readonly string[]): string[] {
  const root = realpathSync(project);
  const strange: string[] = [];
  const look = (path: string, depth: number): void => {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts === undefined || facts.isFile()) return;
    if (facts.isSymbolicLink() ? leadsOut(root, path) : !facts.isDirectory()) strange.push(relative(project, path));
    else if (facts.isDirectory() && depth < deepest)
      for (const entry of entriesOf(path)) if (!entry.isFile()) look(join(path, entry.name), depth + 1);
  };
  for (const part of parts) look(join(project, part), 0);
  return strange;
}

/** Fails with `unreadable-project`, naming the first, where there is any. */
export function refuseStrangeEntries(project: string, parts: readonly string[]): void {
  const [first, ...more] = strangeEntries(project, parts);
  if (first === undefined) return;
  const file = join(project, first);
  const files = more.length > 0 ? say('{{file}} (and {{more}} more)', { file, more: more.length }) : file;
  throw new Failure(
    'unreadable-project',
    say(
      '{{files}} leads out of the project or is no file: put the file itself in its place, or "cuepoint check --repair" takes it out.',
      { files },
    ),
    { project, entries: [first, ...more] },
  );
}

function leadsOut(root: string, link: string): boolean {
  try {
    const fromRoot = relative(root, realpathSync(link));
    return (
      fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || fromRoot.startsWith(sep) || /^[A-Za-z]:/u.test(fromRoot)
    );
  } catch {
    // It leads nowhere yet; whoever wrote to it would make a file there.
    return true;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
