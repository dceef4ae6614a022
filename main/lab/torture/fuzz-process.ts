// Tries spoilt inputs of one kind, from one number on, and prints the number of each before it is tried and what became of
// it: taken, refused in words, or unclear. Whoever started it sees where it fell silent or died.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { toFailure } from '#main/failures/to-failure.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { isFailure } from '#preload/domain/failure.ts';
import { keepCase } from './keep-case.ts';
import { emptyFolder, fuzzTargets } from './fuzz-targets.ts';
import type { FuzzTargetName } from './fuzz-targets.ts';

const [kind, seed, from, count, scratch, failures] = process.argv.slice(2);
const about = { kind: kind!, seed: Number(seed), folder: scratch!, failures: failures! };

/** Words of a library or of the runtime alone, which tell a person nothing, and traces. */
const unclear =
  /^[^ ]*Error\b|is not a function|Cannot read prop|Invalid array length|SQLITE_|ZodError|\bE[A-Z]{4,}: |\n\s+at /u;

const told = (error: unknown): string => {
  const failure = isFailure(error) ? error : toFailure(error);
  const { code, message } = failure;
  if (code === 'engine-stopped') return `crashed ${message}`;
  return code === 'internal' || unclear.test(message) ? `unclear ${message}` : `refused ${code}`;
};

const say = (text: string): void => void writeSync(1, `${text.replaceAll('\n', ' ').slice(0, 400)}\n`);

{
  await using target = await fuzzTargets[kind as FuzzTargetName](emptyFolder(join(scratch!, 'standing')));
  for (let number = Number(from); number < Number(from) + Number(count); number += 1) {
    // Each input has a seed of its own, so that one alone can be tried again.
    const take = target.prepare(seededRandom(Number(seed) * 1_000_003 + number), emptyFolder(join(scratch!, 'input')));
    say(`try ${number}`);
    try {
      await take(() => say('alive'));
      say('taken');
    } catch (error) {
      const outcome = told(error);
      if (!outcome.startsWith('refused')) keepCase(about, number, outcome);
      say(outcome);
    }
  }
  say(`memory ${Math.max(process.resourceUsage().maxRSS, target.peakKib?.() ?? 0)}`);
}
process.exit(0);
