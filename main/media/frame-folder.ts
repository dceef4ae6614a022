import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { microsecondsOf } from '#preload/domain/span.ts';

/** A video that is stored as one picture file per frame. */
export interface FrameFolder {
  readonly folder: string;
  /** As FFmpeg's image2 reads it: the path of a frame with `%06d` in place of its number. */
  readonly pattern: string;
  readonly firstNumber: number;
  /** File names, in order. */
  readonly names: readonly string[];
}

/** Rate at which frames are read where nothing says another. */
export const assumedFps = 25;

const pictureName = /^(.*?)(\d+)(\.(?:jpe?g|png|bmp|tiff?|webp))$/i;
const numberInPattern = /%(0\d+)?d/;

/**
 * The frames that a path means: a folder of numbered pictures, or a pattern such as `frames/%06d.jpg`; null where it
 * means neither. Of several series in a folder the longest is meant.
 * Fails with `unreadable-video` where numbers are missing: nobody can tell how long such a gap lasts.
 */
export async function frameFolderOf(place: string): Promise<FrameFolder | null> {
  const isPattern = numberInPattern.test(path.basename(place));
  const folder = isPattern ? path.dirname(place) : place;
  if ((await stat(isPattern ? folder : place).catch(() => null))?.isDirectory() !== true) return null;
  if (isPattern && (await stat(place).catch(() => null))) return null;
  const series = new Map<string, { readonly number: number; readonly name: string }[]>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    const [, before, digits, extension] = pictureName.exec(name) ?? [];
    if (digits === undefined || !(entry.isFile() || (await isFile(path.join(folder, name))))) continue;
    const padded = `${before!.replaceAll('%', '%%')}%0${digits.length}d${extension}`;
    const plain = `${before!.replaceAll('%', '%%')}%d${extension}`;
    const wanted = isPattern ? path.basename(place) : digits.startsWith('0') ? padded : null;
    for (const pattern of wanted ? [wanted] : [padded, plain]) {
      if (pattern !== padded && pattern !== plain) continue;
      series.set(pattern, [...(series.get(pattern) ?? []), { number: Number(digits), name }]);
    }
  }
  const [pattern, frames] = [...series].toSorted((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (!frames || (frames.length < 2 && !isPattern)) return null;
  frames.sort((a, b) => a.number - b.number);
  const gap = frames.findIndex(({ number }, index) => index > 0 && number !== frames[index - 1]!.number + 1);
  if (gap > 0) {
    const [before, after] = [frames[gap - 1]!.name, frames[gap]!.name];
    throw new Failure(
      'unreadable-video',
      say(
        '{{place}} lacks frames: after {{before}} comes {{after}}; number them without gaps, or make a video of them: {{command}}',
        {
          place,
          before,
          after,
          command: `ffmpeg -framerate 25 -pattern_type glob -i "*${path.extname(before)}" -c:v libx264 -crf 18 film.mp4`,
        },
      ),
      { file: place },
    );
  }
  return {
    folder,
    pattern: path.join(folder.replaceAll('%', '%%'), pattern!),
    firstNumber: frames[0]!.number,
    names: frames.map(({ name }) => name),
  };
}

/** Fails with `unreadable-video` where a picture of a folder is an empty file, at which FFmpeg ends. */
export async function refuseEmptyPictures({ folder, names }: FrameFolder): Promise<void> {
  for (const name of names) {
    const file = path.join(folder, name);
    if ((await stat(file).catch(() => null))?.size !== 0) continue;
    throw new Failure(
      'unreadable-video',
      say('{{file}} is empty; copy or extract it again, or put a copy of the picture before it in its place.', {
        file,
      }),
      { file },
    );
  }
}

/** Whether bytes begin as a picture of a kind that folders are read from: JPEG, PNG, BMP, TIFF or WebP. */
export const beginsAsPicture = (bytes: Uint8Array): boolean =>
  /^(\xFF\xD8|\x89PNG|BM|II\*\0|MM\0\*|RIFF)/.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'));

/** What to tell of pictures that are no pictures; `shown` are the numbers, from 0, of those that could be decoded. */
export function missingPictures({ names }: FrameFolder, shown: Int32Array): Saying[] {
  const decoded = new Set(shown);
  const missing = names.filter((_, number) => !decoded.has(number));
  if (missing.length === 0) return [];
  return [
    say('{{count}} pictures cannot be decoded and are missing: {{names}}.', {
      count: missing.length,
      one: '{{count}} picture cannot be decoded and is missing: {{names}}.',
      names: named(missing),
    }),
  ];
}

/** What to tell of pictures, by their numbers from 0, that are of another size than the first, `width` by `height`. */
export function otherSizedPictures(
  { names }: FrameFolder,
  numbers: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): Saying {
  return say(
    '{{count}} of {{all}} pictures are of another size than the first, {{size}}, and are stretched to it: {{names}}.',
    {
      count: numbers.length,
      one: '{{count}} of {{all}} pictures is of another size than the first, {{size}}, and is stretched to it: {{names}}.',
      all: names.length,
      size: `${width}x${height}`,
      names: named(numbers.map((number) => names[number]!)),
    },
  );
}

const named = (names: readonly string[]): string =>
  names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');

const mostNamed = 5;

/** When frames of a folder appear: microseconds of each, or a rate. */
export type FolderTimes = { readonly startsUs: readonly number[] } | { readonly fps: number };

/**
 * What the folder itself says of its times: `times.txt` holds the seconds of each frame, a line each; `fps.txt` a rate.
 * Null where neither is there. Fails with `unreadable-video` where they make no sense.
 */
export async function timesInFolder({ folder, names }: FrameFolder): Promise<FolderTimes | null> {
  const read = async (name: string): Promise<string | null> =>
    (await isFile(path.join(folder, name))) ? readFile(path.join(folder, name), 'utf8').catch(() => null) : null;
  const times = await read('times.txt');
  if (times !== null) {
    const startsUs = times.split(/\s+/).filter(Boolean).map(Number).map(microsecondsOf);
    const rising = startsUs.every((us, index) => Number.isFinite(us) && (index === 0 || us > startsUs[index - 1]!));
    if (!rising || startsUs.length !== names.length) {
      throw new Failure(
        'unreadable-video',
        say('{{file}} must hold {{frames}} rising times in seconds, one for each frame.', {
          file: path.join(folder, 'times.txt'),
          frames: names.length,
        }),
        { file: folder },
      );
    }
    return { startsUs };
  }
  const rate = await read('fps.txt');
  if (rate === null) return null;
  const fps = Number(rate);
  if (fps > 0 && Number.isFinite(fps)) return { fps };
  throw new Failure(
    'unreadable-video',
    say('{{file}} must hold one rate, such as 25.', { file: path.join(folder, 'fps.txt') }),
    {
      file: folder,
    },
  );
}

/** A pipe or a device may have no end, or never begin. */
const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => null))?.isFile() === true;
