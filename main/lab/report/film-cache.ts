import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { VideoScript } from '#main/lab/world/untrimmed-video.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Sources that decide what a film's features are, besides the model itself. */
const sources = ['main/lab/world', 'native-models/image', 'main/lab/report/filmed-video.ts'];

/** What of a film takes long to make: it is drawn, encoded and seen through the temporal module. */
export interface FilmFeatures {
  /** `[N, D]` as the image encoder made them. */
  readonly features: Float32Array;
  /** `[N]` start of each sampled frame. */
  readonly timesUs: Float64Array;
  /** `[N, D]` through the model's temporal module, where it has one. */
  readonly seen: Float32Array;
}

/**
 * Features of films, kept from one report to the next: a file for each set of scripts, named by all that it was made
 * from (the scripts, the models and the sources that draw), so that a change of any of these makes it anew.
 */
export class FilmCache {
  readonly #folder: string;
  readonly #about: string;

  /** @param about what else the features depend on, such as the models' hashes. */
  constructor(folder: string, about: readonly string[]) {
    this.#folder = folder;
    this.#about = JSON.stringify([about, sources.map(hashOfSources)]);
  }

  /** Those of `scripts`, in their order; `make` is called for all of them or for none. */
  async featuresOf(
    scripts: readonly VideoScript[],
    make: (script: VideoScript) => Promise<FilmFeatures>,
  ): Promise<readonly FilmFeatures[]> {
    const key = createHash('sha256').update(this.#about).update(JSON.stringify(scripts)).digest('hex').slice(0, 24);
    const file = path.join(this.#folder, `${key}.films`);
    if (existsSync(file)) return deserialize(await readFile(file)) as FilmFeatures[];
    const made = await eachOf(scripts, make);
    await mkdir(this.#folder, { recursive: true });
    const partial = `${file}.${process.pid}.partial`;
    await writeFile(partial, serialize(made));
    await rename(partial, file);
    return made;
  }
}

function hashOfSources(name: string): string {
  const file = path.join(root, name);
  const files = name.endsWith('.ts')
    ? [file]
    : readdirSync(file)
        .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
        .toSorted()
        .map((one) => path.join(file, one));
  const hash = createHash('sha256');
  for (const one of files) hash.update(readFileSync(one));
  return hash.digest('hex');
}

/** One after the other. */
export async function eachOf<In, Out>(items: readonly In[], make: (item: In) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}
