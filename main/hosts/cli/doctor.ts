import { constants, existsSync, globSync } from 'node:fs';
import { access, mkdir, stat, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, release, totalmem } from 'node:os';
import path from 'node:path';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import { english, verbatim } from '#preload/domain/saying.ts';
import type { ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import { homeFolder } from '../home-folder.ts';
import { programVersion, resourcesFolder } from '../program-files.ts';
import type { CliCommand } from './cli-command.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

/** `fails`: the studio cannot work so; `poor`: it works, less well than it could. */
type Verdict = 'well' | 'poor' | 'fails';

interface Finding {
  readonly part: string;
  readonly verdict: Verdict;
  /** What was found, and what to do where that is not well. */
  readonly says: string;
}

/** Less than this free space, and an hour of features with a playable copy may not fit. */
const littleDiskBytes = 2 * 1024 ** 3;

const inGigabytes = new Intl.NumberFormat('en', { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 });
const gigabytes = (bytes: number): string => inGigabytes.format(bytes / 1024 ** 3);

/** Looks at what the studio needs of this machine: one page, to be read or to be sent with a question. */
async function examineMachine(session: Session): Promise<Outcome> {
  const findings = [
    system(),
    await home(),
    await disk(),
    await examined('decoder', () => decoder(session)),
    ...(await models(session)),
  ];
  const mark: Record<Verdict, string> = { well: 'ok', poor: 'look', fails: 'FAILS' };
  const widest = Math.max(...findings.map(({ part }) => part.length));
  const failed = findings.filter(({ verdict }) => verdict === 'fails').length;
  return {
    document: { version: programVersion, well: failed === 0, findings },
    text: [
      ...findings.map(({ part, verdict, says }) => `${mark[verdict].padEnd(5)}  ${part.padEnd(widest)}  ${says}`),
      failed === 0
        ? 'All that the studio needs is there.'
        : `${counted(failed, 'part')} of what the studio needs failed.`,
    ].join('\n'),
    incomplete: failed > 0,
  };
}

function system(): Finding {
  const { node } = process.versions;
  const says = [
    `Cuepoint ${programVersion} on Node ${node}`,
    `${process.platform} ${release()} ${process.arch}`,
    counted(availableParallelism(), 'core'),
    `${gigabytes(totalmem())} of memory, ${gigabytes(freemem())} free`,
  ];
  return { part: 'system', verdict: 'well', says: says.join(', ') };
}

/** The home folder can be written and nobody else reads it. */
async function home(): Promise<Finding> {
  const folder = homeFolder();
  return examined('home', async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch(() => {
      throw new Failure(
        'forbidden',
        verbatim(`${folder} cannot be written; give yourself the right to, or set CUEPOINT_HOME.`),
      );
    });
    const open = process.platform !== 'win32' && ((await stat(folder)).mode & 0o077) !== 0;
    return open
      ? { verdict: 'poor', says: `${folder} can be read by others on this machine; "chmod 700" it` }
      : { verdict: 'well', says: folder };
  });
}

async function disk(): Promise<Finding> {
  return examined('disk', async () => {
    const { bavail, bsize } = await statfs(homeFolder());
    const free = bavail * bsize;
    const says = `${gigabytes(free)} free where the home folder is`;
    return free < littleDiskBytes
      ? { verdict: 'poor', says: `${says}: free some space before you add long videos` }
      : { verdict: 'well', says };
  });
}

/** Reads a film that comes along with the program, and decodes its first picture. */
async function decoder({ engine, signal }: Session): Promise<Pick<Finding, 'verdict' | 'says'>> {
  const [film] = globSync('sample/films/*.mp4', { cwd: resourcesFolder }).sort();
  if (film === undefined)
    throw new Failure('not-found', verbatim(`The sample films are not in ${resourcesFolder}; install Cuepoint again.`));
  const file = path.join(resourcesFolder, film);
  const { facts, frames, checksum } = await engine.run('index', { path: file }, { signal });
  await engine.run('frames', { media: { path: file, checksum, frames }, indices: [0] }, { signal });
  return { verdict: 'well', says: `${counted(facts.frameCount, 'frame')} of ${facts.codec} found, the first decoded` };
}

/** The starter model, and every model that was added. */
async function models(session: Session): Promise<Finding[]> {
  const { client, computing } = await session.backend();
  const added = await client.models.list();
  const provider = computing();
  const starter = path.join(resourcesFolder, 'starter-model');
  const shipped = existsSync(starter) ? [{ name: 'as shipped', folder: starter, problem: null }] : [];
  const findings: Finding[] = [];
  for (const model of [...shipped, ...added] satisfies readonly Pick<ModelEntry, 'name' | 'folder' | 'problem'>[]) {
    const one = await examined(`model ${model.name}`, async () => {
      if (model.problem !== null) throw new Failure('unreadable-model', model.problem);
      const checked = await session.engine.run(
        'checkModel',
        { folder: model.folder, provider },
        session.progress.task(model.name, session.signal),
      );
      return checked.passed
        ? { verdict: 'well', says: `loads, ${wordsOf(checked.provider)}` }
        : {
            verdict: 'fails',
            says: `its answers differ from its own expected.safetensors; bring ${model.folder} anew`,
          };
    });
    findings.push(one);
  }
  if (added.length === 0) {
    const says = 'none is added yet; "cuepoint models add" or "models download" brings one';
    findings.push({ part: 'models', verdict: 'poor', says });
  }
  return findings;
}

/** Which provider runs it, and why the others do not. */
function wordsOf({ chosen, forced, trials }: ProviderReport): string {
  const others = trials.flatMap(({ provider, problem }) =>
    problem === null ? [] : [`${provider}: ${english(problem)}`],
  );
  return [`runs on ${chosen}${forced ? ', as set' : ''}`, ...others].join('; ');
}

async function examined(part: string, look: () => Promise<Pick<Finding, 'verdict' | 'says'>>): Promise<Finding> {
  try {
    return { part, ...(await look()) };
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
    return { part, verdict: 'fails', says: error.message };
  }
}

export const doctorCommand: CliCommand = {
  name: 'doctor',
  declare: (command, perform) =>
    command
      .description('look at what the studio needs of this machine: decoder, providers, models, disk, permissions')
      .action(() => perform((session) => examineMachine(session))),
};
