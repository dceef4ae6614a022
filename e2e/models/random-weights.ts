import path from 'node:path';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import type { TrainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';

/**
 * Writes the `model.safetensors` of a folder: random weights for every tensor that an architecture asked for.
 * @param logLogitScale as published models end up where it is not said; a model of random weights is then very sure of itself.
 */
export function writeRandomWeights(
  folder: string,
  { parameters }: TrainableCheckpoint,
  seed = 1,
  logLogitScale = Math.log(100),
): void {
  const random = seededRandom(seed);
  const tensors = [...parameters].map(([name, tensor]) => {
    const shape = tensor.shape as readonly number[];
    const values = name === 'logit_scale' ? () => Float32Array.of(logLogitScale) : () => startOf(name, shape, random);
    return [name, { shape, values }] as const;
  });
  writeSafetensors(path.join(folder, 'model.safetensors'), new Map(tensors));
}

/** Values spread as transformers usually start, so that activations stay in range. */
function startOf(name: string, shape: readonly number[], { between }: SeededRandom): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const isGain = /(norm\d?|layernorm|_ln|layrnorm)\.weight$/.test(name);
  const centre = isGain ? 1 : name.endsWith('alpha') ? 0.1 : 0;
  const fanIn = shape.length > 1 ? values.length / shape[0]! : 2500;
  const halfWidth = Math.sqrt(3) * Math.min(0.1, fanIn ** -0.5);
  for (let at = 0; at < values.length; at += 1) values[at] = between(centre - halfWidth, centre + halfWidth);
  return values;
}
