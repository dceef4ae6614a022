import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { fileFailure, isThereAlready } from '../failures/file-failure.ts';
import { fileNameOf } from './file-names.ts';
import { refuseStrangeEntries } from './links-out.ts';

/** Which frame of which video a snapshot shows. */
export interface SnapshotOf {
  readonly videoName: string;
  readonly frame: number;
  /** Start of the frame. */
  readonly timeUs: number;
}

/** `yard_00-00-01.480_37.png`: the video, the time with thousandths, cut and never rounded up, and the frame. */
export function snapshotName({ videoName, frame, timeUs }: SnapshotOf): string {
  const ms = Math.floor(Math.abs(timeUs) / 1000);
  const digits = (value: number, count: number): string => String(Math.floor(value)).padStart(count, '0');
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) => digits(part, 2)).join('-');
  return fileNameOf(`${parse(videoName).name}_${timeUs < 0 ? '-' : ''}${clock}.${digits(ms % 1000, 3)}_${frame}.png`);
}

/**
 * Writes a PNG among the exports of a project, under its name or, where another picture has that, a numbered one; answers
 * the path. Fails with `disk-full`, `read-only`, `forbidden`, or `unreadable-project` where that folder leads elsewhere.
 */
export async function writeSnapshot(projectPath: string, of: SnapshotOf, png: Uint8Array): Promise<string> {
  refuseStrangeEntries(projectPath, ['exports']);
  const folder = join(projectPath, 'exports', 'snapshots');
  const { name, ext } = parse(snapshotName(of));
  try {
    await mkdir(folder, { recursive: true });
    for (let number = 1; ; number += 1) {
      const path = join(folder, number === 1 ? `${name}${ext}` : `${name}-${number}${ext}`);
      try {
        await writeFile(path, png, { flag: 'wx' });
        return path;
      } catch (error) {
        if (!isThereAlready(error)) throw error;
        if ((await readFile(path)).equals(png)) return path;
      }
    }
  } catch (error) {
    throw fileFailure(error, folder) ?? error;
  }
}
