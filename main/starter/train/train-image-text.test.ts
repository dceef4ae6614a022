// Protects: a training run that is stopped goes on to exactly the weights of one that was not, and leaves a folder that
// the program loads like any other checkpoint.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openModel } from '#native-models/open-model.ts';
import { trainImageText } from './train-image-text.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'starter-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const settings = { seed: 5, steps: 12, framesPerStep: 4, peakLearningRate: 1e-3, threads: 1 };

it('goes on where it stopped', async () => {
  const [whole, halted] = [path.join(scratch, 'whole'), path.join(scratch, 'halted')];
  await trainImageText({ ...settings, folder: whole, log: () => undefined });

  const stop = new AbortController();
  await trainImageText({ ...settings, folder: halted, log: () => stop.abort(), signal: stop.signal });
  const lines: string[] = [];
  await trainImageText({ ...settings, folder: halted, log: (line) => lines.push(line) });
  expect(lines).toContain('going on from step 10');
  expect(await readFile(path.join(halted, 'model.safetensors'))).toEqual(
    await readFile(path.join(whole, 'model.safetensors')),
  );

  await using model = await openModel(whole, { provider: 'cpu' });
  const [features] = [await model.encodeTexts(['waving both arms', 'a name it never saw'])];
  expect(features).toHaveLength(2 * model.dim);
});
