import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which inputs are tried: the kind and seed that they are drawn by, where they lie, and where failing ones are kept. */
export interface FuzzCases {
  readonly kind: string;
  readonly seed: number;
  readonly folder: string;
  readonly failures: string;
}

/** Keeps the input that is being tried, and what became of it, as a folder of its own. */
export function keepCase({ kind, seed, folder, failures }: FuzzCases, number: number, what: string): void {
  const target = join(failures, `${kind}-${seed}-${number}`);
  mkdirSync(target, { recursive: true });
  cpSync(join(folder, 'input'), target, { recursive: true });
  writeFileSync(join(target, 'case.json'), `${JSON.stringify({ kind, seed, number, what }, null, 2)}\n`);
}
