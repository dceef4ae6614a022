import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { keepCase } from './keep-case.ts';
import type { FuzzCases } from './keep-case.ts';
import type { FuzzTargetName } from './fuzz-targets.ts';

const program = fileURLToPath(new URL('fuzz-process.ts', import.meta.url));

/** A program that says nothing for so long hangs, in milliseconds. */
const longestSilenceMs = 10_000;

/** Memory that no input may take, in KiB: the program itself included. */
const mostMemoryKib = 1 << 20;

export interface FuzzFigures {
  inputs: number;
  taken: number;
  refused: number;
  unclear: number;
  /** The process ended by itself; the engine's for media. */
  crashes: number;
  hangs: number;
  /** Whether more than 1 GB was in use at some time. */
  overBudget: number;
  peakMib: number;
}

/**
 * Tries `count` spoilt inputs of a kind, in a process of its own that is started again after each death. An input that
 * was not taken or refused in clear words is copied into `failures`.
 */
export async function fuzz(
  kind: FuzzTargetName,
  seed: number,
  count: number,
  scratch: string,
  failures: string,
): Promise<FuzzFigures> {
  const figures: FuzzFigures = {
    inputs: 0,
    taken: 0,
    refused: 0,
    unclear: 0,
    crashes: 0,
    hangs: 0,
    overBudget: 0,
    peakMib: 0,
  };
  const about = { kind, seed, folder: join(scratch, kind), failures };
  for (let next = 0; next < count;) next = await tryFrom(about, next, count - next, figures);
  return figures;
}

/** Answers the number to go on with. */
async function tryFrom(about: FuzzCases, from: number, count: number, figures: FuzzFigures): Promise<number> {
  const { kind, seed, folder, failures } = about;
  const child = spawn(process.execPath, [program, kind, ...[seed, from, count].map(String), folder, failures], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let current = from - 1;
  let isTrying = false;
  let hung = false;
  const silence = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, longestSilenceMs);
  for await (const line of createInterface({ input: child.stdout })) {
    silence.refresh();
    const [word, ...rest] = line.split(' ');
    if (word === 'alive') continue;
    if (word === 'try') {
      current = Number(rest[0]);
      figures.inputs += 1;
      isTrying = true;
      continue;
    }
    if (word === 'memory') {
      figures.peakMib = Math.max(figures.peakMib, Math.round(Number(rest[0]) / 1024));
      if (Number(rest[0]) > mostMemoryKib) figures.overBudget += 1;
      continue;
    }
    isTrying = false;
    if (word === 'taken') figures.taken += 1;
    else if (word === 'refused') figures.refused += 1;
    else figures[word === 'crashed' ? 'crashes' : 'unclear'] += 1;
  }
  clearTimeout(silence);
  if (isTrying) {
    figures[hung ? 'hangs' : 'crashes'] += 1;
    keepCase(about, current, hung ? 'hung' : 'died');
  } else if (current < from) throw new Error(`Nothing of ${kind} could be tried.`);
  return current + 1;
}
