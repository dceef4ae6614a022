import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toFailure } from '#main/failures/to-failure.ts';
import { exitCodes, schedulerFiles, type Scheduler } from '#main/shards/scheduler-files.ts';
import { isPassing, workShard, type WorkEvent } from '#main/shards/work-shard.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure, type FailureCode } from '#preload/domain/failure.ts';
import { english, verbatim } from '#preload/domain/saying.ts';
import { localProvider, type LocalProvider } from '#preload/domain/model.ts';
import { programVersion } from '../program-files.ts';
import { useModel, useOnlyModel } from './choose-model.ts';
import type { CliCommand } from './cli-command.ts';
import { openProject } from './open-project.ts';
import { oneOf, wholeNumberOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import { toldToEnd } from './told-to-end.ts';

interface PlanOptions {
  readonly shards: number;
  readonly out: string;
  readonly model?: string;
  readonly provider?: 'auto' | LocalProvider;
  readonly for?: Scheduler;
}

/** Writes a plan, and the file that hands it to a scheduler where one is named. */
async function plan(session: Session, project: string, options: PlanOptions): Promise<Outcome> {
  const backend = await openProject(session, project);
  const { client } = backend;
  if (options.model === undefined) await useOnlyModel(backend);
  else await useModel(backend, options.model);
  const folder = path.resolve(options.out);
  const planned = await client.shards.plan({
    place: backend.placeOf(path.dirname(folder)).token,
    folderName: path.basename(folder),
    shards: Math.max(1, options.shards),
    provider: options.provider,
  });
  const scheduler = options.for === undefined ? null : schedulerFiles[options.for];
  const file = scheduler && path.join(folder, scheduler.file);
  if (scheduler && file)
    await writeFile(
      file,
      scheduler.text({ ...planned, shards: planned.shards.length, command: [process.execPath, process.argv[1]!] }),
    );
  const videos = planned.shards.reduce((sum, shard) => sum + shard.videos, 0);
  const longest = Math.max(...planned.shards.map(({ seconds }) => seconds));
  return {
    document: {
      plan: folder,
      videos,
      shards: planned.shards,
      missing: planned.missing,
      submit: scheduler && file ? scheduler.submit(file) : null,
    },
    text: [
      `${folder}: ${counted(videos, 'video')} in ${counted(planned.shards.length, 'shard')}, the longest about ${Math.ceil(longest / 60)} min on a machine like this one`,
      ...planned.missing.map((name) => `${name}: left out, its file is missing`),
      scheduler && file
        ? scheduler.submit(file)
        : `Each of them: cuepoint work ${options.out} --shard 0 … ${planned.shards.length - 1}`,
      `Then: cuepoint collect ${project} ${options.out}`,
    ].join('\n'),
    incomplete: planned.missing.length > 0,
  };
}

/** The code that a worker ends with where it cannot go on, by why. */
const codeOf: Readonly<Partial<Record<FailureCode, number>>> = {
  'not-found': exitCodes.noInput,
  internal: exitCodes.internal,
};
const exitCodeOf = (failure: Failure): number =>
  isPassing(failure) ? exitCodes.tryAgain : (codeOf[failure.code] ?? exitCodes.badData);

/** How often a video's progress is told, milliseconds: a log is read, and not watched. */
const progressEveryMs = 5000;

interface WorkOptions {
  readonly shard: number;
  readonly model?: string;
  readonly videos?: string;
}

/** Works on one shard, telling of it in JSON, a line each. */
async function work({ engine, signal }: Session, folder: string, options: WorkOptions): Promise<Outcome> {
  const index = options.shard;
  let toldAtMs = 0;
  const tell = (event: WorkEvent) => {
    if (event.event === 'progress' && Date.now() - toldAtMs < progressEveryMs) return;
    if (event.event === 'progress') toldAtMs = Date.now();
    sayLine(index, event.event === 'failed' ? { ...event, failure: plainly(event.failure) } : event);
  };
  try {
    const { computed, already, failed } = await workShard({
      folder: path.resolve(folder),
      index,
      modelFolder: options.model,
      videosFolder: options.videos,
      program: programVersion,
      engine,
      signal,
      tell,
    });
    const exitCode =
      failed.length === 0 ? exitCodes.done : Math.max(...failed.map(({ failure }) => exitCodeOf(failure)));
    sayLine(index, { event: 'end', computed, already, failed: failed.length, exit: exitCode });
    return {
      document: {
        shard: index,
        computed,
        already,
        failed: failed.map(({ video, failure }) => ({ video, error: plainly(failure) })),
      },
      text: [
        `shard ${index}: ${counted(computed, 'video')} computed, ${already} there already`,
        ...failed.map(({ video, failure }) => `${video}: ${failure.message}`),
      ].join('\n'),
      exitCode,
    };
  } catch (error) {
    const failure = signal.aborted
      ? new Failure('cancelled', verbatim('Ended before its time; what was done is kept.'))
      : toFailure(error);
    const exitCode = exitCodeOf(failure);
    sayLine(index, { event: 'end', failure: plainly(failure), exit: exitCode });
    return { document: { error: plainly(failure) }, text: '', exitCode };
  }
}

const plainly = ({ code, message }: Failure) => ({ code, message });

function sayLine(shard: number, event: object): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), shard, ...event })}\n`);
}

/** Takes a plan's results in, and says what is lacking and what was refused. */
async function collect(session: Session, project: string, folder: string): Promise<Outcome> {
  const { client, placeOf } = await openProject(session, project);
  const { onProgress } = session.progress.task(folder, session.signal);
  const telling = await client.shards.collect(
    { place: placeOf(path.resolve(folder)).token },
    { signal: session.signal },
  );
  const { taken, already, absent, refused } = await toldToEnd(telling, onProgress);
  const shards = [...new Set(absent.map(({ shard }) => shard))];
  return {
    document: { taken, already, absent, refused: refused.map((one) => ({ ...one, reason: english(one.reason) })) },
    text: [
      `${counted(taken, 'video')} taken in, ${already} there already`,
      ...refused.map(({ video, reason }) => `${video}: refused, ${english(reason)}`),
      ...(absent.length > 0
        ? [
            `${counted(absent.length, 'result')} not there yet: run ${shards.length === 1 ? 'shard' : 'shards'} ${shards.join(', ')} and collect again`,
          ]
        : []),
    ].join('\n'),
    incomplete: absent.length + refused.length > 0,
  };
}

export const planCommand: CliCommand = {
  name: 'plan',
  declare: (command, perform) =>
    command
      .description('write the features that a project lacks as shards for other machines to compute')
      .argument('<project>')
      .requiredOption('--shards <n>', 'into how many shards of about the same work', wholeNumberOf)
      .requiredOption('--out <folder>', 'the folder to make: where workers read the shards and put their results')
      .option('--model <model>', 'a registered name or a checkpoint folder, kept; else the project’s')
      .option(
        '--provider <provider>',
        'what workers compute on; else as the settings here say',
        oneOf(['auto', ...localProvider.options]),
      )
      .option('--for <scheduler>', 'write its job too: slurm|kubernetes', oneOf(['slurm', 'kubernetes']))
      .action((project, options) => perform((session) => plan(session, project, options))),
};

export const workCommand: CliCommand = {
  name: 'work',
  declare: (command, perform) =>
    command
      .description(
        'compute one shard of a plan; exits 0 when done, 75 to be tried again, 65 or 66 where that would not help',
      )
      .argument('<plan>')
      .requiredOption('--shard <i>', 'from 0', wholeNumberOf)
      .option('--model <folder>', 'where the model is on this machine, if elsewhere than where it was planned')
      .option('--videos <folder>', 'where the videos are on this machine, if elsewhere')
      .action((folder, options) => perform((session) => work(session, folder, options))),
};

export const collectCommand: CliCommand = {
  name: 'collect',
  declare: (command, perform) =>
    command
      .description('check a plan’s results and take in all that are right')
      .argument('<project>')
      .argument('<plan>')
      .action((project, folder) => perform((session) => collect(session, project, folder))),
};
