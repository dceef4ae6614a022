import path from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { trainImageText } from './train/train-image-text.ts';

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
};

const program = new Command('train-starter')
  .description('Trains the starter model on the rendered world; run again, it goes on where it stopped.')
  .argument('[folder]', 'where the model and the state of its training are kept', path.join('.cache', 'starter'))
  .option('--steps <n>', 'steps of the whole run', wholeNumber, 3000)
  .option('--frames <n>', 'frames a step', wholeNumber, 64)
  .option('--seed <n>', 'seed of starting values, scenes and captions', wholeNumber, 1)
  .option('--threads <n>', 'processor threads', wholeNumber, 2)
  .action(async (folder, { steps, frames, seed, threads }) => {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const log = (line: string): void => console.error(line);
    await trainImageText({
      folder,
      seed,
      steps,
      framesPerStep: frames,
      peakLearningRate: 6e-4,
      threads,
      log,
      signal: stop.signal,
    });
  });
await program.parseAsync();
