import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { readAnnotations } from './read-annotations.ts';

/**
 * How far a good row speaks for formats that read another's files as well, by the name of its video: any lines are
 * classes, and numbers of frames read as numbers of classes. Folders of frames have no ending, films have one.
 */
const speaksFor: Readonly<Record<string, (video: string) => number>> = {
  'frame-wise': () => 0.5,
  'mmaction2-rawframes': (video) => (extname(video) === '' ? 1 : 0.5),
  'mmaction2-videos': (video) => (extname(video) === '' ? 0.5 : 1),
};

/**
 * The formats that can read a file, or a folder of them, the likeliest first: those with the largest share of good rows,
 * of equals the one that the table names first. Only the beginning is read where that is enough. `sign` is called after
 * each piece. Fails where the file itself cannot be read.
 */
export async function tellFormats(path: string, sign: () => void): Promise<string[]> {
  const isFolder = (await stat(path)).isDirectory();
  const ending = extname(path).slice(1).toLowerCase();
  const fits: { readonly id: string; readonly share: number }[] = [];
  for (const format of formats) {
    const ends = format.extensions.some((each) => each.toLowerCase() === ending);
    if (format.read === undefined || !(isFolder || ends)) continue;
    const share = await shareOfGoodRows(format, path, sign);
    sign();
    if (share > 0) fits.push({ id: format.id, share });
  }
  return fits.toSorted((a, b) => b.share - a.share).map(({ id }) => id);
}

/** Of what a format finds in a file; 0 where it cannot read it, or finds nothing. */
async function shareOfGoodRows(format: Format, path: string, sign: () => void): Promise<number> {
  try {
    const { imported } = await readAnnotations(format, path, null, sign, 'beginning');
    const good = imported.segments.length;
    if (good === 0) return 0;
    return ((speaksFor[format.id]?.(imported.videos[0]!.fileName) ?? 1) * good) / (good + imported.faults.length);
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable-annotations') return 0;
    throw error;
  }
}
