import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import type { FuzzFigures } from './fuzz.ts';
import type { FuzzTargetName } from './fuzz-targets.ts';
import { killEditors } from './kill-editors.ts';
import { killStudios } from './kill-studios.ts';
import { addedUp, earlierRuns, isClean, trustPage } from './trust-page.ts';
import type { TortureFigures } from './trust-page.ts';

/** Inputs of each kind in a minute of the whole run: slow ones are fewer. */
const inputsPerMinute: Readonly<Record<FuzzTargetName, number>> = {
  annotations: 800,
  checkpoints: 500,
  features: 500,
  projects: 150,
  media: 60,
  http: 300,
};

/** Shares of the time in which programs that edit are killed, and served studios with all their parts; the rest is for inputs. */
const shares = { editors: 0.35, studios: 0.45 };

/**
 * `npm run torture -- --minutes n [--seed s] [--out page.md] [--failures folder] [--json] [--add figures.json]`: kills
 * programs that edit, and studios with their engines, threads and pages, and feeds spoilt inputs to all that reads one. What
 * the page told of an earlier run stays in it, below. Exits 1 where anything was lost, broke, hung or was unclear; each such
 * case is in the folder of failures. `--add` counts the figures of an earlier run, as `--json` gives them, along.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      failures: { type: 'string', default: 'torture-failures' },
      json: { type: 'boolean' },
      add: { type: 'string' },
    },
  });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0) || !Number.isInteger(seed))
    throw new Error('--minutes is a number above zero, --seed a whole one.');
  const scratch = mkdtempSync(path.join(tmpdir(), 'cuepoint-torture-'));
  const failures = path.resolve(values.failures);
  const startedAt = performance.now();
  const secondsSince = (): number => (performance.now() - startedAt) / 1000;
  try {
    const isPast = (share: number) => (): boolean => secondsSince() > minutes * 60 * share;
    const kills = await killEditors(scratch, seed, failures, isPast(shares.editors));
    say(`programs that edit: ${JSON.stringify(kills)}`);
    const studios = await killStudios(scratch, seed, failures, isPast(shares.editors + shares.studios));
    say(`studios: ${JSON.stringify(studios)}`);
    const found: Record<string, FuzzFigures> = {};
    for (const [kind, perMinute] of Object.entries(inputsPerMinute)) {
      const count = Math.ceil(perMinute * minutes);
      found[kind] = await fuzz(kind as FuzzTargetName, seed, count, scratch, failures);
      say(`${kind}: ${JSON.stringify(found[kind])}`);
    }
    const own: TortureFigures = { seeds: [seed], seconds: secondsSince(), kills, studios, fuzz: found };
    const earlier = values.add === undefined ? null : (JSON.parse(readFileSync(values.add, 'utf8')) as TortureFigures);
    const figures = earlier === null ? own : addedUp(earlier, own);
    if (values.out !== undefined) {
      mkdirSync(path.dirname(path.resolve(values.out)), { recursive: true });
      const before = existsSync(values.out) ? readFileSync(values.out, 'utf8') : '';
      writeFileSync(values.out, trustPage(figures) + earlierRuns(before));
    }
    process.stdout.write(values.json === true ? `${JSON.stringify(figures, null, 2)}\n` : trustPage(figures));
    if (!isClean(figures)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

await main();
