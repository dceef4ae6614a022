/** What others of this machine may not do with files that this program made, before it kept them to itself. */
let usualMask: number | null = null;

/**
 * Everything that this process and its children write from now on is this person's alone: folders 0700, files 0600.
 * Nothing on Windows, where a home folder is private by itself. Called by hosts, first of all.
 */
export function keepFilesPrivate(): void {
  usualMask ??= process.umask(0o077);
}

/** The mode of a file that a person asked to be written for others to read: as any other program would give it. */
export const modeForOthers = (): number => 0o666 & ~(usualMask ?? 0o022);
