import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '#main/random/seeded-random.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';
import { editsIn, faultsOf, keepProject } from './look-at-tortured.ts';
import { leftoversIn, makeTorturedProject } from './tortured-project.ts';

const editor = fileURLToPath(new URL('editor-process.ts', import.meta.url));

/** A project is edited and killed this often before the next one begins, and then checked as `cuepoint check` does. */
const killsOfOneProject = 20;

/** After its first edit a program lives at most this long, in milliseconds. */
const longestLifeMs = 400;

export interface KillFigures {
  kills: number;
  /** Edits that a killed program had said were stored. */
  edits: number;
  /** Kills after which what was not yet on the disk was cut off or garbled too. */
  powerLosses: number;
  lost: number;
  broken: number;
  leftovers: number;
}

/**
 * Kills programs that edit projects until `isOver`, and compares each project with its model after every kill. The seed
 * decides what is edited; when exactly a kill arrives is the machine's affair. A project that is not as it should be is
 * copied into `failures`.
 */
export async function killEditors(
  scratch: string,
  seed: number,
  failures: string,
  isOver: (figures: KillFigures) => boolean,
): Promise<KillFigures> {
  const figures: KillFigures = { kills: 0, edits: 0, powerLosses: 0, lost: 0, broken: 0, leftovers: 0 };
  const random = seededRandom(seed);
  for (let number = 1; !isOver(figures); number += 1) {
    const project = makeTorturedProject(scratch, `tortured ${number}`);
    const editSeed = random.below(2 ** 31);
    let done = 0;
    let isWhole = true;
    for (let round = 0; round < killsOfOneProject && isWhole && !isOver(figures); round += 1) {
      const acknowledged = await killOne(project, editSeed, done, random, figures);
      figures.edits += acknowledged - done;
      const found = look(project, editSeed, acknowledged, figures);
      isWhole = found !== null;
      if (found === null) keepProject(project, failures, { seed, number, round, editSeed, acknowledged });
      else done = found;
    }
    if (isWhole && (await faultsOf(project)).length > 0) {
      figures.broken += 1;
      keepProject(project, failures, { seed, number, editSeed, done });
    }
    rmSync(project, { recursive: true });
  }
  return figures;
}

/** Answers how many edits of the model were acknowledged, those before included. */
async function killOne(
  project: string,
  editSeed: number,
  done: number,
  random: SeededRandom,
  figures: KillFigures,
): Promise<number> {
  const child = spawn(process.execPath, [editor, project, String(editSeed), String(done)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child.stdout, 'data');
  await setTimeout(random.between(0, longestLifeMs));
  child.kill('SIGKILL');
  await once(child, 'close');
  figures.kills += 1;
  const [last = `${done} 0`] = said.split('\n').slice(0, -1).slice(-1);
  const [acknowledged, logBytes] = last.split(' ').map(Number);
  if (random.chance(1 / 3)) losePower(join(project, 'project.sqlite-wal'), logBytes!, random, figures);
  return acknowledged!;
}

/** What was written after the last committed edit may be there in part, or as other bytes. */
function losePower(log: string, syncedBytes: number, random: SeededRandom, figures: KillFigures): void {
  if (!existsSync(log)) return;
  const { size } = statSync(log);
  truncateSync(log, Math.round(random.between(Math.min(syncedBytes, size), size)));
  if (random.chance(0.5))
    appendFileSync(
      log,
      Uint8Array.from({ length: random.below(9000) }, () => random.below(256)),
    );
  figures.powerLosses += 1;
}

/** How many edits the project holds; null where it holds neither all acknowledged ones nor one more. */
function look(project: string, editSeed: number, acknowledged: number, figures: KillFigures): number | null {
  try {
    const found = editsIn(project, editSeed, acknowledged);
    figures.leftovers += leftoversIn(project).length;
    if (found === null) figures.lost += 1;
    return found;
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    figures.broken += 1;
    return null;
  }
}
