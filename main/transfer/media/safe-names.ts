/** So many bytes at most, in UTF-8: what is put around a name still fits into the 255 that file systems take. */
const mostBytes = 80;

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const ofDevices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu;

/**
 * A name of a class or video as a part of a path, on every system, in lists that are parted at white space, and on a
 * command line: letters, digits, `.`, `-` and `_`, no dot or dash in front.
 */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '_')
    .replace(/^[._-]+/u, '')
    .replace(/[._]+$/u, '');
  const fitting = shortened(plain === '' ? 'unnamed' : plain);
  return ofDevices.test(fitting) ? `_${fitting}` : fitting;
}

/** Safe names that no file system takes for one another, in the order of the names. */
export const distinctSafeNames = (names: readonly string[]): string[] => apart(names.map(safeName));

/** Paths, with numbers behind those that some file system would take for an earlier one. */
export function apart(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    let free = path;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${path}_${count}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

function shortened(name: string): string {
  let bytes = 0;
  let kept = '';
  for (const letter of name) {
    bytes += Buffer.byteLength(letter);
    if (bytes > mostBytes) break;
    kept += letter;
  }
  return kept;
}
