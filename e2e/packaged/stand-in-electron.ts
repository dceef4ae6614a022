import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

const root = path.resolve(import.meta.dirname, '../..');

/** In the program of a stand-in, so that nobody takes it for Electron. */
const mark = 'Stands in for Electron';

/**
 * Makes a distribution in Electron's layout, for machines on which its own cannot be fetched: electron-builder packages
 * over it as over the real one, fuses included. Its program runs the packaged app under the double, on the Node that
 * runs now; such a package works on this machine only. Answers its folder.
 */
export function makeStandInElectron(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const script = `#!/bin/sh
# ${mark}: runs the packaged app beside it under the double.
exec ${quoted(process.execPath)} --preserve-symlinks ${quoted(path.join(root, 'e2e/packaged/run-packaged.ts'))} "$0" "$@"
exit
# The fuses: `;
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(script), fuseWire(), Buffer.from('\n')]), {
    mode: 0o755,
  });
  for (const [file, text] of [
    ['LICENSE', 'A stand-in for tests; Electron’s own licence comes with Electron.\n'],
    ['LICENSES.chromium.html', ''],
    ['locales/en-US.pak', ''],
    ['version', 'stand-in\n'],
  ] as const)
    writeFileSync(path.join(folder, file), text);
  return folder;
}

/** How fuses are found in Electron's program: these characters, a version, how many there are, and a digit for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** All fuses on, as far as Electron 45 has any. */
function fuseWire(): Buffer {
  const count = Object.values(FuseV1Options).filter((each) => typeof each === 'number').length;
  return Buffer.concat([Buffer.from(sentinel), Buffer.from([Number(FuseVersion.V1), count]), Buffer.alloc(count, '1')]);
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
