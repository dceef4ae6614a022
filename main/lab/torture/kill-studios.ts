import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { seededRandom } from '#main/random/seeded-random.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';
import { editsIn, faultsOf, keepProject } from './look-at-tortured.ts';
import { makeServedProject } from './served-project.ts';
import { PlayedPage, PlayedStudio } from './played-studio.ts';

/** A project is served this often, and killed at each time, before its jobs are let come to their end. */
const livesOfOneProject = 6;

/** Between two kills of one studio, in milliseconds. */
const longestPauseMs = 1500;

/** Kills of parts of a served studio, by what was killed, and what came of them. */
export interface StudioKillFigures {
  /** Main, with SIGKILL. */
  mains: number;
  /** The engine's process, with SIGKILL, while main went on. */
  engines: number;
  /** The thread of the engine that began last: of inference or of learning. */
  threads: number;
  /** Engines that went with a thread of theirs, because ONNX Runtime was computing on it. */
  enginesWithThread: number;
  /** Pages, with SIGKILL, in the middle of an edit. */
  pages: number;
  /** Edits that a page was told were stored. */
  edits: number;
  /** Jobs that came to their end between the kills and after them. */
  jobs: number;
  lost: number;
  broken: number;
  leftovers: number;
}

export const noStudioKills: StudioKillFigures = {
  mains: 0,
  engines: 0,
  threads: 0,
  enginesWithThread: 0,
  pages: 0,
  edits: 0,
  jobs: 0,
  lost: 0,
  broken: 0,
  leftovers: 0,
};

interface Case {
  readonly scratch: string;
  readonly random: SeededRandom;
  readonly figures: StudioKillFigures;
  readonly project: string;
  readonly editSeed: number;
}

/**
 * Serves projects until `isOver` while a page edits them and the engine is at work, and kills the engine, a thread of it,
 * the page or main. Edits must go on past the end of an engine, and so must jobs; after each end of a page or of main the
 * project is compared with its model; in the end all jobs must come to theirs. The seed decides what is edited and
 * killed. A project that is not as it should be is copied into `failures`. `filmSeconds`: of what the engine works on.
 */
export async function killStudios(
  scratch: string,
  seed: number,
  failures: string,
  isOver: (figures: StudioKillFigures) => boolean,
  filmSeconds = 40,
): Promise<StudioKillFigures> {
  const figures = { ...noStudioKills };
  const random = seededRandom(seed);
  const copyAs = await makeServedProject(join(scratch, 'served'), filmSeconds);
  for (let number = 1; !isOver(figures); number += 1) {
    const project = copyAs(`served ${number}`);
    const editSeed = random.below(2 ** 31);
    const one: Case = { scratch, random, figures, project, editSeed };
    let done = 0;
    let life = 0;
    try {
      for (; life < livesOfOneProject && !isOver(figures); life += 1) done = await killOne(one, done);
      await comeToTheEnd(one, done);
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
      if (error instanceof LostEdit) figures.lost += 1;
      else figures.broken += 1;
      keepProject(project, failures, { studio: seed, number, life, editSeed, done, what: String(error) });
    }
    rmSync(project, { recursive: true });
  }
  return figures;
}

class LostEdit extends Error {}

/** One life of a studio and its page, to the end of one of them; answers how many edits the project holds then. */
async function killOne(one: Case, done: number): Promise<number> {
  const { random, figures, project, editSeed, scratch } = one;
  const tally = join(scratch, 'threads');
  const studio = await PlayedStudio.start(project, 'without end', tally);
  let page: PlayedPage | undefined;
  try {
    page = await PlayedPage.open(studio.link, editSeed, done);
    for (let kills = random.below(6); kills > 0; kills -= 1) {
      await setTimeout(random.between(0, longestPauseMs));
      const [signs, edits] = [studio.signsOfJobs, page.acknowledged];
      const signal = random.pick(['SIGKILL', 'SIGUSR2'] as const);
      await studio.killEngine(signal);
      if (signal === 'SIGKILL') figures.engines += 1;
      await studio.process.until('a job went on after its engine', () => studio.signsOfJobs > signs);
      await page.process.until('an edit after the end of the engine', () => page!.acknowledged > edits);
    }
    await setTimeout(random.between(0, longestPauseMs));
    figures.enginesWithThread += studio.enginesGoneByThemselves();
    if (random.chance(0.5)) {
      studio.process.kill('SIGKILL');
      figures.mains += 1;
      await studio.untilGone();
      await page.process.untilGone();
    } else {
      page.process.kill('SIGKILL');
      figures.pages += 1;
      await page.process.untilGone();
      studio.process.kill('SIGTERM');
      await studio.untilGone();
      if (studio.process.exitCode !== 0) throw new Error(`main did not end well: ${studio.process.errors}`);
    }
    figures.edits += page.acknowledged - done;
    figures.jobs += studio.jobsDone;
    const [fault] = [...studio.faults, ...page.faults];
    if (fault !== undefined) throw new Error(fault);
  } catch (error) {
    throw new Error(`${String(error)} ${studio.process.errors}`, { cause: error });
  } finally {
    // What a failed round left behind.
    page?.process.kill('SIGKILL');
    studio.process.kill('SIGKILL');
    await studio.process.untilGone();
    if (existsSync(tally)) {
      figures.threads += statSync(tally).size;
      rmSync(tally);
    }
  }
  return storedEdits(one, page.acknowledged);
}

function storedEdits({ project, editSeed }: Case, acknowledged: number): number {
  const stored = editsIn(project, editSeed, acknowledged);
  if (stored === null) throw new LostEdit(`other segments than those of ${acknowledged} edits`);
  return stored;
}

/** With nobody killing, every job comes to its end, and nothing of those before is left. */
async function comeToTheEnd(one: Case, done: number): Promise<void> {
  const { project, figures, scratch } = one;
  const studio = await PlayedStudio.start(project, 'to the end', join(scratch, 'threads'));
  await studio.untilGone();
  figures.jobs += studio.jobsDone;
  const [fault] = studio.faults;
  if (fault !== undefined || studio.process.exitCode !== 0)
    throw new Error(`jobs did not come to their end: ${fault ?? studio.process.errors}`);
  if (storedEdits(one, done) !== done) throw new LostEdit('segments changed with nobody there');
  const [found] = await faultsOf(project);
  if (found !== undefined) throw new Error(found);
  const left = readdirSync(project, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /partial|unfinished|\.new$/u.test(name),
  );
  if (left.length > 0) process.stderr.write(`left: ${left.join(', ')}\n`);
  figures.leftovers += left.length;
}
