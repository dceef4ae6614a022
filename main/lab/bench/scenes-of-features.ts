import { seededRandom } from '#main/random/seeded-random.ts';
import { normaliseRows } from '#native-models/features/unit-rows.ts';

const kinds = 12;
const longestScene = 120;

/**
 * Unit features `[rows, dim]` of a made-up film: scenes of up to half a minute at 4 fps, of a dozen kinds that come back,
 * frames within a scene alike, and all of them sharing something, as the features of one video do.
 */
export function scenesOfFeatures(rows: number, dim: number): Float32Array {
  const random = seededRandom(1);
  const number = () => random.between(-1, 1);
  const direction = () => Float32Array.from({ length: dim }, number);
  const shared = direction();
  const centres = Array.from({ length: kinds }, direction);
  const features = new Float32Array(rows * dim);
  let left = 0;
  let centre = centres[0]!;
  for (let row = 0; row < rows; row += 1) {
    if (left === 0) {
      left = 8 + random.below(longestScene - 8);
      centre = random.pick(centres);
    }
    left -= 1;
    for (let column = 0; column < dim; column += 1)
      features[row * dim + column] = shared[column]! + 0.7 * centre[column]! + 0.4 * number();
  }
  return normaliseRows(features, dim);
}
