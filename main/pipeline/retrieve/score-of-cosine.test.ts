// Protects: scores of a model with sigmoid answers are the probabilities that its reference implementation gives; those of
// others stay cosines.
import path from 'node:path';
import { expect, test } from 'vitest';
import { openModel } from '#native-models/open-model.ts';
import { ReferenceTensors } from '#native-models/reference-tensors.ts';
import { scoreOfCosine } from './score-of-cosine.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../native-models/fixtures');

test('a SigLIP answers with the probability of its paper', async () => {
  const folder = path.join(fixtures, 'siglip');
  await using model = await openModel(folder, { provider: 'cpu' });
  const reference = new ReferenceTensors(path.join(folder, 'expected.safetensors'));
  const numbers = (name: string): Float32Array => reference.take(name).data as Float32Array;
  const [pictures, texts] = [numbers('image_embeds'), numbers('text_embeds')];
  const texted = texts.length / model.dim;
  const logits = numbers('logits_per_image');
  expect(logits.length).toBeGreaterThan(1);
  logits.forEach((logit, at) => {
    const [picture, text] = [Math.floor(at / texted) * model.dim, (at % texted) * model.dim];
    const row = pictures.subarray(picture, picture + model.dim);
    const cosine = row.reduce((sum, value, column) => sum + value * texts[text + column]!, 0);
    expect(Math.abs(scoreOfCosine(cosine, model) - 1 / (1 + Math.exp(-logit)))).toBeLessThan(1e-4);
  });
});

test('a CLIP answers with cosines', async () => {
  await using model = await openModel(path.join(fixtures, 'clip-gelu'), { provider: 'cpu' });
  expect(scoreOfCosine(0.31, model)).toBe(0.31);
});
