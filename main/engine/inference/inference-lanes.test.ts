// Protects: pictures in whole numbers are shared out among threads that have one copy of the weights made for all, each
// batch is answered with its own features, to the bit those that one thread gives, and texts are answered meanwhile.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openModel } from '#native-models/open-model.ts';
import { engineEnvironment, scratchFile } from '../engine-scratch.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import { laneCount } from './lane-threads.ts';

const folder = path.resolve(import.meta.dirname, '../../../resources/starter-model');

test('batches that are encoded at once have the features that they have by themselves', async () => {
  Object.assign(process.env, engineEnvironment());
  await using memory = new EngineMemory();
  const model = { folder, provider: 'cpu-int8' } as const;
  const encoder = await openFrameEncoder(memory, model);
  expect(encoder.atOnce).toBe(laneCount);
  const numbers = 3 * encoder.preprocessing.cropHeight * encoder.preprocessing.cropWidth;
  const batches = Array.from({ length: 6 }, (_, batch) =>
    Float32Array.from({ length: 2 * numbers }, (__, at) => Math.sin((at * (batch + 1)) / 97)),
  );
  await using alone = await openModel(folder, { provider: 'cpu-int8', threads: 1 });
  const expected = [];
  for (const pixels of batches) expected.push(await alone.encodeImages(pixels, 2));

  const encoding = batches.map((pixels) => encoder.encode(pixels.slice(), 2));
  const text = await memory.texts.embed(model, ['a dog runs']);
  const encoded = await Promise.all(encoding);

  expect(encoded.map(({ features }) => features)).toEqual(expected);
  expect(text.embeddings).toHaveLength(encoder.dim);
  expect(encoder.provider).toMatchObject({ chosen: 'cpu-int8' });
  expect(encoder.provider.trials.length).toBeGreaterThan(0);
  expect(readdirSync(scratchFile('model-forms')!)).toEqual([expect.stringMatching(/^[\da-f]{64}-int8$/)]);
});
