import { seededRandom } from '#main/random/seeded-random.ts';

/**
 * Starting values by the name of the tensor, as CLIP's authors start theirs (Radford et al. 2021, released code): norms
 * 1 and 0, biases 0, tables N(0, 0.02²) with positions at half of that, maps N(0, 1 / width), the second map of a
 * residual branch scaled down by the depth.
 */
export function initialWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  seed: number,
  layers: number,
): Map<string, Float32Array> {
  const { normal } = seededRandom(seed);
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of shapes) {
    const length = shape.reduce((product, size) => product * size, 1);
    const deviation = deviationOf(name, shape, layers);
    const values = new Float32Array(length);
    if (name === 'logit_scale') values[0] = Math.log(1 / 0.07);
    else if (/norm\w*\.weight$/.test(name)) values.fill(1);
    else if (deviation > 0) for (let index = 0; index < length; index += 1) values[index] = deviation * normal();
    weights.set(name, values);
  }
  return weights;
}

function deviationOf(name: string, shape: readonly number[], layers: number): number {
  if (name.endsWith('.bias')) return 0;
  if (name.includes('position_embedding')) return 0.01;
  if (name.includes('embedding') && !name.includes('patch_embedding')) return 0.02;
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  const residual = /(out_proj|fc2)\.weight$/.test(name) ? (2 * layers) ** -0.5 : 1;
  return width ** -0.5 * residual;
}
