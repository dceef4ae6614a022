import path from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { BackendClient } from '#preload/contract/contract.ts';
import { settingsOfPlan, type PlanTrial } from '#preload/domain/compute-plan.ts';
import { Failure } from '#preload/domain/failure.ts';
import { english, verbatim } from '#preload/domain/saying.ts';
import {
  localProvider,
  mergesTokens,
  type ExecutionProvider,
  type LocalProvider,
  type ModelEntry,
} from '#preload/domain/model.ts';
import { addModel, chooseModel } from './choose-model.ts';
import { openProject } from './open-project.ts';
import { oneOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import { serverCommand } from './server.ts';
import type { Session } from './session.ts';
import { toldToEnd } from './told-to-end.ts';
import type { CliCommand, CliGroup } from './cli-command.ts';

async function listModels(session: Session): Promise<Outcome> {
  const { client } = await session.backend();
  const all = await client.models.list();
  return {
    document: { models: all.map(documentOf) },
    text: all.map(wordsOf).join('\n') || 'No models are registered.',
  };
}

/** Registers a checkpoint folder under its name. */
async function registerModel(session: Session, folder: string): Promise<Outcome> {
  const entry = await addModel(await session.backend(), folder);
  return { document: documentOf(entry), text: wordsOf(entry) };
}

/** Brings a model from the hub, registers it and measures its speed; without a name, says which are recommended. */
async function downloadModel(
  { backend, progress, signal }: Session,
  repository: string | undefined,
  options: { readonly revision?: string },
): Promise<Outcome> {
  const { client } = await backend();
  if (repository === undefined) return listLibrary(client);
  const { onProgress } = progress.task(repository, signal);
  const telling = await client.models.download({ repository, ...options }, { signal });
  const { name } = await toldToEnd(telling, ({ doneBytes, totalBytes, file }) =>
    onProgress({ done: totalBytes > 0 ? doneBytes / totalBytes : 1, step: file }),
  );
  onProgress({ done: 1, step: 'measuring its speed' });
  const entry = await client.models.tryOut({ name }, { signal });
  return { document: documentOf(entry), text: wordsOf(entry) };
}

async function listLibrary(client: BackendClient): Promise<Outcome> {
  const { models, folder, freeBytes } = await client.models.library();
  const rows = models.map((model, at) =>
    [
      model.repository,
      `${model.megabytes} MB`,
      model.licence,
      ...(model.speed === null ? [] : [`${model.speed.measured ? '' : 'about '}${wordsOfSpeed(model.speed)}`]),
      `${at === 0 ? 'recommended: ' : ''}${model.goodAt}`,
      ...(model.added === null ? [] : [`here as ${model.added}`]),
    ].join('\t'),
  );
  return {
    document: { models, folder, free_bytes: freeBytes },
    text: [...rows, 'Any of them: models download <owner/name>.'].join('\n'),
  };
}

/** Forgets a model; its files stay. */
async function removeModel(session: Session, name: string): Promise<Outcome> {
  const { client } = await session.backend();
  await client.models.remove({ name });
  return { document: { removed: name }, text: `${name} is no longer registered; its folder stays.` };
}

/** Loads a model and holds it against the folder's `expected.safetensors`, where there is one. */
async function checkModel(session: Session, given: string): Promise<Outcome> {
  const { folder, provider } = await chooseModel(session, given);
  const checked = await session.engine.run(
    'checkModel',
    { folder, provider },
    session.progress.task(given, session.signal),
  );
  const rows = Object.entries(checked.tensors);
  const verdict =
    rows.length === 0 ? 'loads; the folder holds no expected.safetensors' : 'agrees with expected.safetensors';
  return {
    document: {
      model: checked.model,
      tensors: checked.tensors,
      passed: checked.passed,
      provider: checked.provider.chosen,
      temporal: checked.temporal,
    },
    text: [
      ...(checked.temporal === null ? [] : [`with ${wordsOfModule(checked.temporal)}`]),
      ...rows.map(([name, difference]) => `${name}\t${difference.toExponential(3)}`),
      `${checked.model} on ${checked.provider.chosen}: ${checked.passed ? verdict : 'differs from expected.safetensors'}`,
    ].join('\n'),
    incomplete: !checked.passed,
  };
}

/**
 * Tries every way to compute the project's model here; with `use`, the fastest that agrees is used from now on, and with
 * `take` the one that is named, which may merge tokens.
 */
async function tryPlans(
  session: Session,
  given: string,
  { use, take }: { readonly use?: true; readonly take?: LocalProvider },
): Promise<Outcome> {
  const { client } = await openProject(session, given);
  const { onProgress } = session.progress.task(given, session.signal);
  const telling = await client.models.tryPlans(undefined, { signal: session.signal });
  const { model, frames, classes, trials, fastest, still } = await toldToEnd(telling, onProgress);
  const taken = take ?? (use ? fastest : null);
  if (taken !== null) await client.studio.changeSettings(settingsOfPlan(takeable(trials, taken)));
  const rows = trials.map(({ plan, batch, framesPerSecond, cosine, sameClass, sameOrder, problem }) => ({
    plan,
    batch,
    frames_per_second: framesPerSecond,
    cosine_p5: cosine,
    same_class: sameClass,
    same_order: sameOrder,
    problem: problem && english(problem),
  }));
  const stillFrames = {
    share: still.share,
    cosine_p5: still.cosine,
    same_class: still.sameClass,
    same_order: still.sameOrder,
    problem: still.problem && english(still.problem),
  };
  const fastestWords = `The fastest that agrees is ${fastest}`;
  return {
    document: { model, frames, classes, plans: rows, fastest, still: stillFrames, used: taken !== null, taken },
    text: [
      ...trials.map(wordsOfTrial),
      ...(trials.some(({ plan }) => mergesTokens(plan)) ? [mergingWords] : []),
      `${(100 * still.share).toFixed(0)} % of the frames hardly differ from the one before; sharing its features ${still.problem === null ? 'agrees' : 'differs too much'}.`,
      taken === null
        ? `${fastestWords}; --use takes it.`
        : taken === fastest
          ? `${fastestWords}; it is used from now on.`
          : `${fastestWords}; ${taken} is used from now on, as asked.`,
    ].join('\n'),
  };
}

const mergingWords =
  'With "-merged", patches of a picture that are alike become one on the way, half of them in all: faster and less exact, and only --take takes it.';

function wordsOfTrial({ plan, batch, framesPerSecond, cosine, sameClass, problem }: PlanTrial): string {
  if (framesPerSecond === null || cosine === null || (problem !== null && !mergesTokens(plan)))
    return `${plan}\t${english(problem!)}`;
  return [
    plan,
    `${framesPerSecond.toFixed(1)} frames/s in batches of ${batch}`,
    `cosine ${cosine.toFixed(4)}`,
    ...(sameClass === null ? [] : [`${(100 * sameClass).toFixed(1)} % same class`]),
    ...(problem === null ? [] : [english(problem)]),
  ].join('\t');
}

/** The trial of a plan that may be used: of what merges tokens also one that agrees less. Fails with `bad-input`. */
function takeable(trials: readonly PlanTrial[], plan: ExecutionProvider): PlanTrial {
  const trial = trials.find((one) => one.plan === plan);
  if (trial === undefined)
    throw new Failure(
      'bad-input',
      verbatim(`${plan} cannot be taken: this model has no tokens to merge. Take another plan.`),
    );
  if (trial.framesPerSecond === null || (trial.problem !== null && !mergesTokens(plan)))
    throw new Failure('bad-input', verbatim(`${plan} cannot be taken: ${english(trial.problem!)}. Take another plan.`));
  return trial;
}

/** Writes a model's pieces as a repository that Triton, and KServe with it, serves as it is. */
async function exportModel(
  session: Session,
  given: string,
  options: {
    readonly for: 'triton';
    readonly out: string;
    readonly name?: string;
    readonly precision: 'fp32' | 'fp16';
  },
): Promise<Outcome> {
  const { folder } = await chooseModel(session, given);
  const name = options.name ?? path.basename(folder);
  const out = path.resolve(options.out);
  const { precision } = options;
  const { models, leavesOutClips } = await session.engine.run(
    'exportModel',
    { folder, name, precision, out },
    session.progress.task(given, session.signal),
  );
  return {
    document: { model: given, name, repository: out, precision, models, leaves_out_clips: leavesOutClips },
    text: [
      ...models.map((one) => `${one.name}\tversion ${one.version}\t${one.folder}`),
      ...(leavesOutClips
        ? ['Left out is what scores clips on this model: a project whose scorer it is computes without a server.']
        : []),
      `Serve them: tritonserver --model-repository ${out}; the name for the settings here is ${name}.`,
    ].join('\n'),
  };
}

const documentOf = (entry: ModelEntry) => ({
  name: entry.name,
  folder: entry.folder,
  kind: entry.kind,
  dim: entry.dim,
  image_size: entry.imageSize,
  embeds_frames: entry.capabilities.embedsFrames,
  reads_text: entry.capabilities.embedsTexts,
  takes_prompt_vectors: entry.capabilities.takesPromptVectors,
  scores_clips: entry.capabilities.scoresClips,
  merges_tokens: entry.capabilities.mergesTokens,
  temporal: entry.temporal,
  frames_per_second: entry.speed?.framesPerSecond ?? null,
  problem: entry.problem && english(entry.problem),
});

const wordsOf = (entry: ModelEntry): string =>
  [
    entry.name,
    entry.kind,
    `${entry.dim} numbers a ${entry.capabilities.embedsFrames ? 'frame' : 'clip'}`,
    ...(entry.temporal === null ? [] : [wordsOfModule(entry.temporal)]),
    ...(entry.speed === null ? [] : [wordsOfSpeed(entry.speed)]),
    entry.folder,
    ...(entry.problem === null ? [] : [english(entry.problem)]),
  ].join('\t');

const wordsOfSpeed = ({ framesPerSecond }: { readonly framesPerSecond: number }): string =>
  `${framesPerSecond.toPrecision(3)} frames a second here`;

const wordsOfModule = ({ frames, fps }: NonNullable<ModelEntry['temporal']>): string =>
  `a temporal module of ${frames} frames at ${fps} a second`;

const listModelCommand: CliCommand = {
  name: 'list',
  declare: (command, perform) =>
    command.description('the registered models').action(() => perform((session) => listModels(session))),
};

const addModelCommand: CliCommand = {
  name: 'add',
  declare: (command, perform) =>
    command
      .description('register a checkpoint folder')
      .argument('<folder>')
      .action((folder) => perform((session) => registerModel(session, folder))),
};

const downloadModelCommand: CliCommand = {
  name: 'download',
  declare: (command, perform) =>
    command
      .description(
        'bring a model from the Hugging Face hub, or list recommended ones; an interrupted download goes on where it stopped',
      )
      .argument('[owner/name]')
      .option('--revision <revision>', 'a branch, a tag or a commit; by default what the list names, or main')
      .action((repository, options) => perform((session) => downloadModel(session, repository, options))),
};

const checkModelCommand: CliCommand = {
  name: 'check',
  declare: (command, perform) =>
    command
      .description('load a model and compare it with the folder’s expected.safetensors')
      .argument('<model>', 'a checkpoint folder or a registered name')
      .action((model) => perform((session) => checkModel(session, model))),
};

const plansCommand: CliCommand = {
  name: 'plans',
  declare: (command, perform) =>
    command
      .description('try every way to compute a project’s model on frames of its videos')
      .argument('<project>')
      .option('--use', 'take the fastest that agrees from now on')
      .addOption(
        new Option(
          '--take <plan>',
          'take this one, where it can be used; one that merges tokens even if it agrees less',
        )
          .choices(localProvider.options)
          .conflicts('use'),
      )
      .action((project, options) => perform((session) => tryPlans(session, project, options))),
};

const exportModelCommand: CliCommand = {
  name: 'export',
  declare: (command, perform) =>
    command
      .description('write a model as a repository that a server of the Open Inference Protocol serves')
      .argument('<model>', 'a registered name or a checkpoint folder')
      .requiredOption('--for <server>', 'triton', oneOf(['triton']))
      .requiredOption('--out <folder>', 'the repository; made if need be, another export adds a version')
      .option('--name <name>', 'under which it is served; else that of its folder')
      .option('--precision <precision>', 'fp32|fp16', oneOf(['fp32', 'fp16']), 'fp32')
      .action((model, options) => perform((session) => exportModel(session, model, options))),
};

const removeModelCommand: CliCommand = {
  name: 'remove',
  declare: (command, perform) =>
    command
      .description('forget a model; its folder stays')
      .argument('<name>')
      .action((model) => perform((session) => removeModel(session, model))),
};

export const modelCommands: CliGroup = {
  name: 'models',
  description: 'checkpoint folders that this machine knows',
  commands: [
    listModelCommand,
    addModelCommand,
    downloadModelCommand,
    checkModelCommand,
    plansCommand,
    exportModelCommand,
    serverCommand,
    removeModelCommand,
  ],
};
