import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { NamedBytes, NamedText } from './annotation-set.ts';

/**
 * Writes files into a folder, which is made where there is none. All of them are complete before the first takes its
 * place; what else lies in the folder stays. Fails with `bad-input` where a name would lead out of the folder, or where
 * two are one for some file systems, and then writes nothing.
 */
export async function writeFolder(folder: string, files: readonly (NamedText | NamedBytes)[]): Promise<void> {
  refuseNames(files.map(({ name }) => name));
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    for (const file of files) {
      await mkdir(dirname(join(draft, file.name)), { recursive: true });
      await writeFile(join(draft, file.name), 'text' in file ? file.text : file.bytes, { flush: true });
    }
    for (const { name } of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await rename(join(draft, name), join(folder, name));
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Fails with `bad-input` where a path would lead out of a folder, or where two are one for some file systems. */
export function refuseNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const parts = name.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\p{Cc}]/u.test(part)))
      throw new Failure(
        'bad-input',
        say('"{{name}}" cannot be the name of a file here; rename its video or class.', { name }),
        {
          name,
        },
      );
    // macOS and Windows take capitals, and composed letters, for the same.
    const key = name.normalize('NFC').toLowerCase();
    const other = seen.get(key);
    if (other !== undefined)
      throw new Failure(
        'bad-input',
        say('"{{other}}" and "{{name}}" would be one file; rename one.', { other, name }),
        { name },
      );
    seen.set(key, name);
  }
}
