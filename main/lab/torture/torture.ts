import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import type { FuzzFigures } from './fuzz.ts';
import type { FuzzTargetName } from './fuzz-targets.ts';
import { killEditors } from './kill-editors.ts';
import { addedUp, isClean, trustPage } from './trust-page.ts';
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

/** Share of the time in which programs are killed; the rest is for inputs. */
const shareOfKills = 0.6;

/**
 * `npm run torture -- --minutes n [--seed s] [--out page.md] [--failures folder] [--json] [--add figures.json]`: kills programs that edit,
 * and feeds spoilt inputs to all that reads one. Exits 1 where anything was lost, broke, hung or was unclear; each such
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
    const kills = await killEditors(scratch, seed, failures, () => secondsSince() > minutes * 60 * shareOfKills);
    say(`${kills.kills} kills, ${kills.edits} edits, ${kills.lost} lost, ${kills.broken} broken`);
    const found: Record<string, FuzzFigures> = {};
    for (const [kind, perMinute] of Object.entries(inputsPerMinute)) {
      const count = Math.ceil(perMinute * minutes);
      found[kind] = await fuzz(kind as FuzzTargetName, seed, count, scratch, failures);
      say(`${kind}: ${JSON.stringify(found[kind])}`);
    }
    const own: TortureFigures = { seeds: [seed], seconds: secondsSince(), kills, fuzz: found };
    const earlier = values.add === undefined ? null : (JSON.parse(readFileSync(values.add, 'utf8')) as TortureFigures);
    const figures = earlier === null ? own : addedUp(earlier, own);
    if (values.out !== undefined) {
      mkdirSync(path.dirname(path.resolve(values.out)), { recursive: true });
      writeFileSync(values.out, trustPage(figures));
    }
    process.stdout.write(values.json === true ? `${JSON.stringify(figures, null, 2)}\n` : trustPage(figures));
    if (!isClean(figures)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

await main();
