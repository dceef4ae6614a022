import { mkdtempSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { writeClip } from '../media/clip-writer.ts';
import type { ClipFrame } from '../media/clip-writer.ts';

/** A film by its looks and its number of frames, as `a: 300`: the same words make the same bytes, others make others. */
export type FilmWords = `${string}: ${number}`;

const size = { width: 48, height: 32 };
/** The cadence of television in America: starts that are no whole number of microseconds, rounded. */
const startOf = (index: number): number => Math.round((index * 1_001_000_000) / 30_000);

const folder = mkdtempSync(join(tmpdir(), 'cuepoint-films-'));
const written = new Map<FilmWords, Promise<string>>();
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a film of small grey pictures that grow lighter or darker, at 30000/1001 frames a second, under a name that says nothing. */
export async function writeFilm(file: string, words: FilmWords): Promise<void> {
  let made = written.get(words);
  if (made === undefined) {
    made = make(words, join(folder, `${written.size}.mp4`));
    written.set(words, made);
  }
  await mkdir(dirname(file), { recursive: true });
  await copyFile(await made, file);
}

async function make(words: FilmWords, file: string): Promise<string> {
  const [looks, count] = words.split(': ') as [string, string];
  const tint = [...looks].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 251, 7);
  async function* frames(): AsyncGenerator<ClipFrame, void> {
    for (let index = 0; index < Number(count); index += 1) {
      const rgb = new Uint8Array(3 * size.width * size.height).fill((tint + 3 * index) % 256);
      yield { rgb, ...size, startUs: startOf(index) };
    }
  }
  await writeClip(file, frames(), { preset: 'ultrafast', endUs: startOf(Number(count)) });
  return file;
}
