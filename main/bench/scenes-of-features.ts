import { uniformNumbers } from './uniform-numbers.ts';

const kinds = 12;
const longestScene = 120;

/**
 * Unit features `[rows, dim]` of a made-up film: scenes of up to half a minute at 4 fps, of a dozen kinds that come back,
 * frames within a scene alike, and all of them sharing something, as the features of one video do.
 */
export function scenesOfFeatures(rows: number, dim: number): Float32Array {
  const random = uniformNumbers();
  const direction = () => Float32Array.from({ length: dim }, random);
  const shared = direction();
  const centres = Array.from({ length: kinds }, direction);
  const features = new Float32Array(rows * dim);
  let left = 0;
  let centre = centres[0]!;
  for (let row = 0; row < rows; row += 1) {
    if (left === 0) {
      left = 8 + Math.floor((random() + 1) * (longestScene / 2 - 4));
      centre = centres[Math.floor(((random() + 1) / 2) * kinds)]!;
    }
    left -= 1;
    let squared = 0;
    for (let column = 0; column < dim; column += 1) {
      const value = shared[column]! + 0.7 * centre[column]! + 0.4 * random();
      features[row * dim + column] = value;
      squared += value * value;
    }
    for (let column = 0; column < dim; column += 1) features[row * dim + column]! /= Math.sqrt(squared);
  }
  return features;
}
