import { initialTemporal, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';

/** As large as what they are added to: a unit row of 128 numbers. */
const positionDeviation = 0.08;
/** Which neighbour each head of the first layer looks at in the beginning, in frames. */
const neighbours = [-1, 1, -2, 2];
/** Makes the neighbour's score stand out by about 5 before the softmax. */
const sharpness = 0.5;

/**
 * Where the starter's temporal module begins: random maps, strong positions, and in the first layer heads that look at
 * neighbouring frames. From the identity, as corrections start it, the order of frames would have to be found out by
 * chance, and a run as short as ours does not.
 */
export function startingTemporal(shape: TemporalShape, random: SeededRandom): Map<string, Float32Array> {
  const draws = { uniform: () => random.between(-1, 1), normal: random.normal };
  const tensors = initialTemporal({ ...shape, skip: 'none' }, draws);
  const { width, frames, heads } = shape;
  const positions = Float32Array.from({ length: frames * width }, () => positionDeviation * random.normal());
  tensors.set('temporal.positions', positions);
  const direction = (frame: number): Float32Array => {
    const row = positions.subarray(frame * width, (frame + 1) * width);
    return row.map((value) => value / Math.hypot(...row));
  };
  const query = tensors.get('temporal.layers.0.query.weight')!;
  const key = tensors.get('temporal.layers.0.key.weight')!;
  const headWidth = width / heads;
  for (let row = 0; row < width; row += 1) {
    const offset = neighbours[Math.floor(row / headWidth) % neighbours.length]!;
    const look = Float32Array.from({ length: width }, () => headWidth ** -0.5 * random.normal());
    key.set(look, row * width);
    const asked = query.subarray(row * width, (row + 1) * width).fill(0);
    for (let frame = 0; frame < frames; frame += 1) {
      const neighbour = direction(Math.min(frames - 1, Math.max(0, frame + offset)));
      const along = sharpness * look.reduce((sum, value, at) => sum + value * neighbour[at]!, 0);
      direction(frame).forEach((value, at) => (asked[at]! += along * value));
    }
  }
  return tensors;
}
