import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reports of one run that are written: what repeats itself fills no disk. */
const mostOfOneRun = 20;
/** Reports that are kept, the newest. */
const mostKept = 60;

/** The folder of reports in the folder that holds what belongs to this machine. */
export const reportsIn = (homeFolder: string): string => join(homeFolder, 'reports');

/** Where a part of the program that failed as nobody foresaw is reported: files that stay on this machine. */
export class ReportFolder {
  readonly #folder: string;
  readonly #version: string;
  #count = 0;

  constructor(folder: string, version: string) {
    this.#folder = folder;
    this.#version = version;
  }

  /** Whether this run has written as many as it may. */
  get isFull(): boolean {
    return this.#count >= mostOfOneRun;
  }

  /** Writes a report of `part` and answers its file; null where none could be written, or this run wrote enough. */
  write(part: 'main' | 'engine' | 'window', trace: string): string | null {
    if (this.isFull) return null;
    this.#count += 1;
    const at = new Date().toISOString().replaceAll(':', '-');
    const file = join(this.#folder, `${at}-${part}-${process.pid}-${this.#count}.txt`);
    const { versions, platform, arch } = process;
    const about = `Cuepoint ${this.#version}, Node ${versions.node}, ${platform} ${arch}: ${part}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, `${about}\n${trace}\n`, { mode: 0o600, flag: 'wx' });
      this.#forgetOld();
      return file;
    } catch {
      return null;
    }
  }

  /** Says on the error output that the engine's process ended by itself, and reports it with what it wrote last. */
  noteEngineEnd(why: string, lastWords: string): void {
    const said = `The engine’s process ended: ${why}.\n`;
    process.stderr.write(said);
    this.write('engine', said + lastWords);
  }

  /** Names of the reports that are kept, the newest first. */
  list(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => name.endsWith('.txt'))
        .toSorted()
        .toReversed();
    } catch {
      return [];
    }
  }

  #forgetOld(): void {
    for (const name of this.list().slice(mostKept)) rmSync(join(this.#folder, name), { force: true });
  }
}
