import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Measurement } from './measurements.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Whatever a number of the report can depend on, besides models and options. */
const sources = '{main/{evaluate,pipeline,random,lab/{report,train,world}},native-models,preload}/**/*.ts';

/**
 * What was measured of a seed, task by task: a report that was interrupted goes on where it stopped. A result is found
 * again only while sources, models and options are the same.
 */
export class KeptResults {
  readonly #folder: string;
  readonly #about: string;

  /** @param about options and models. */
  constructor(folder: string, about: unknown) {
    this.#folder = folder;
    const code = createHash('sha256');
    for (const file of globSync(sources, { cwd: root }).toSorted())
      if (!file.endsWith('.test.ts')) code.update(file).update(readFileSync(path.join(root, file)));
    this.#about = JSON.stringify([about, code.digest('hex')]);
  }

  /** Those of a task, measured now where they are not known yet. */
  async of(
    task: string,
    seed: number,
    measure: () => Promise<readonly Measurement[]>,
  ): Promise<readonly Measurement[]> {
    const key = createHash('sha256')
      .update(JSON.stringify([this.#about, task, seed]))
      .digest('hex')
      .slice(0, 24);
    const file = path.join(this.#folder, `${seed}-${task}-${key}.json`);
    if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Measurement[];
    const measured = await measure();
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomic(file, JSON.stringify(measured));
    return measured;
  }
}
