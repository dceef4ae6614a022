import path from 'node:path';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import type { TrainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';

/** Writes the `model.safetensors` of a folder: random weights for every tensor that an architecture asked for. */
export function writeRandomWeights(folder: string, { parameters }: TrainableCheckpoint, seed = 1): void {
  const random = seededRandom(seed);
  const tensors = [...parameters].map(([name, tensor]) => {
    const shape = tensor.shape as readonly number[];
    return [name, { shape, values: () => startOf(name, shape, random) }] as const;
  });
  writeSafetensors(path.join(folder, 'model.safetensors'), new Map(tensors));
}

/** Values spread as transformers usually start, so that activations stay in range. */
function startOf(name: string, shape: readonly number[], { between }: SeededRandom): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (name === 'logit_scale') return values.fill(Math.log(100));
  const isGain = /(norm\d?|layernorm|_ln|layrnorm)\.weight$/.test(name);
  const centre = isGain ? 1 : name.endsWith('alpha') ? 0.1 : 0;
  const fanIn = shape.length > 1 ? values.length / shape[0]! : 2500;
  const halfWidth = Math.sqrt(3) * Math.min(0.1, fanIn ** -0.5);
  for (let at = 0; at < values.length; at += 1) values[at] = between(centre - halfWidth, centre + halfWidth);
  return values;
}
