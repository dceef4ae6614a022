import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { shipModels } from './train/ship-models.ts';
import { trainBoundaries } from './train/train-boundaries.ts';
import { trainImageText } from './train/train-image-text.ts';
import { trainTemporal } from './train/train-temporal.ts';
import { trainXClip } from './train/train-xclip.ts';
import type { TrainingSettings } from './train/training-run.ts';

/** One stage of the starter's training: where it begins, and what its run is like unless told otherwise. */
interface Stage {
  readonly name: string;
  readonly trains: string;
  /** The stage whose model it goes on from. */
  readonly after: string | null;
  readonly steps: number;
  readonly peakLearningRate: number;
  readonly train: (settings: TrainingSettings, from: string) => Promise<boolean>;
}

const trainingFolder = path.join('.cache', 'starter');

/** Films of the stages after the second. */
const moreFilms = 7700;

const stages: readonly Stage[] = [
  {
    name: 'image-text',
    trains: 'image and text encoder on single frames',
    after: null,
    steps: 7000,
    peakLearningRate: 6e-4,
    train: (settings) => trainImageText({ ...settings, framesPerStep: 64 }),
  },
  {
    name: 'temporal',
    trains: 'the temporal module and the text encoder on untrimmed films',
    after: 'image-text',
    steps: 3000,
    peakLearningRate: 1e-3,
    // Texts move slowly, as unseen names are to keep their meaning.
    train: (settings, from) => trainTemporal({ ...settings, from, films: 1500, windowsPerStep: 32, textRate: 0.5 }),
  },
  {
    name: 'more-films',
    trains: 'the temporal module on, on other films',
    after: 'temporal',
    steps: 12_000,
    peakLearningRate: 5e-4,
    // Texts that moved on with it lost four points of mAP on unseen names before any correction.
    train: (settings, from) =>
      trainTemporal({ ...settings, seed: settings.seed + 1, from, films: moreFilms, windowsPerStep: 32, textRate: 0 }),
  },
  {
    name: 'boundaries',
    trains: 'a head for where actions begin and end',
    after: 'more-films',
    steps: 1500,
    peakLearningRate: 2e-3,
    train: (settings, from) =>
      trainBoundaries({ ...settings, from, filmSeed: settings.seed + 1, films: moreFilms, windowsPerStep: 48 }),
  },
  {
    name: 'xclip',
    trains: 'an X-CLIP on clips of 8 frames',
    after: 'image-text',
    steps: 2000,
    peakLearningRate: 1e-3,
    train: (settings, from) => trainXClip({ ...settings, from, clipsPerStep: 16 }),
  },
];

interface Options {
  readonly steps?: number | undefined;
  readonly seed: number;
  readonly threads: number;
}

/** Whether it came to its end; every stage has a folder of its own in `folder`, and what is finished is left alone. */
async function runStage(stage: Stage, folder: string, options: Options, signal: AbortSignal): Promise<boolean> {
  const own = path.join(folder, stage.name);
  if (existsSync(path.join(own, 'model.safetensors'))) {
    console.error(`${stage.name}: finished before, in ${own}`);
    return true;
  }
  const from = path.join(folder, stage.after ?? '');
  if (stage.after !== null && !existsSync(path.join(from, 'model.safetensors')))
    throw new Failure(
      'not-found',
      verbatim(`'${stage.name}' goes on from ${from}, where no model is: train '${stage.after}' first.`),
    );
  console.error(`${stage.name}: trains ${stage.trains}, in ${own}`);
  const settings: TrainingSettings = {
    folder: own,
    seed: options.seed,
    steps: options.steps ?? stage.steps,
    peakLearningRate: stage.peakLearningRate,
    threads: options.threads,
    log: (line) => console.error(line),
    signal,
  };
  return stage.train(settings, from);
}

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
};

function stageCommand(name: string, description: string) {
  return new Command(name)
    .description(description)
    .argument('[folder]', 'where models and the state of their training are kept', trainingFolder)
    .option('--steps <n>', 'steps of a stage, if other than its own number', wholeNumber)
    .option('--seed <n>', 'seed of starting values, scenes and captions', wholeNumber, 1)
    .option('--threads <n>', 'processor threads', wholeNumber, 2);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const program = new Command('train-starter').description(
  'Trains the starter models on the rendered world; run again, it goes on where it stopped.',
);
const all = stageCommand('all', 'All stages in order, those that are finished left out.').action(
  async (folder, options) => {
    for (const stage of stages) if (!(await runStage(stage, folder, options, stop.signal))) break;
  },
);
program.addCommand(all, { isDefault: true });
for (const stage of stages) {
  const command = stageCommand(stage.name, `Trains ${stage.trains}.`);
  program.addCommand(
    command.action(async (folder, options) => void (await runStage(stage, folder, options, stop.signal))),
  );
}
const ship = new Command('ship')
  .description('Copies finished models to resources/, with the records of their training.')
  .argument('[folder]', 'where they were trained', trainingFolder)
  .action((folder) => {
    const resources = path.resolve(import.meta.dirname, '../../resources');
    for (const shipped of shipModels(folder, resources)) console.error(`wrote ${shipped}`);
  });
program.addCommand(ship);
await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
});
