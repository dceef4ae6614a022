import { expand, reshape } from '../graph/arrange.ts';
import type { Dim } from '../graph/dimension.ts';
import { add, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { constant, type Tensor } from '../graph/tensor.ts';
import type { Average } from '../transformer/token-merging.ts';

/** The angle of the slowest pair of numbers turns by 1/10,000 a patch (Su et al. 2021). */
const base = 10_000;

/** By how much rows are turned: each pair of numbers by an angle of its own, whose cosine and sine stand twice. */
export interface Rotation {
  /** `[L, d]` of the grid; `[B, L, d]` of rows that differ from picture to picture. */
  readonly cosines: Tensor;
  readonly sines: Tensor;
  /** `x · quarterTurn` has (−b, a) in the place of each pair (a, b). */
  readonly quarterTurn: Tensor;
}

/**
 * Rotary positions on a grid (Su et al. 2021; Bolya et al. 2025, s.2.1): of the pairs of neighbouring numbers in a head
 * the first half is turned by the column of a patch, the second by its row, both counted from `firstIndex` and each worth
 * `step` of the patches that angles are meant for. `unturned` rows stand before the patches, as a class token does. L is
 * `unturned + grid²`, d the head's width, a multiple of 4.
 */
export function gridRotation(
  grid: number,
  width: number,
  { firstIndex, step, unturned }: { readonly firstIndex: number; readonly step: number; readonly unturned: number },
): Rotation {
  const rows = unturned + grid * grid;
  const [cosines, sines] = [new Float32Array(rows * width).fill(1), new Float32Array(rows * width)];
  const bands = width / 4;
  for (let patch = 0; patch < grid * grid; patch += 1) {
    const places = [patch % grid, Math.floor(patch / grid)].map((index) => (index + firstIndex) * step);
    for (let pair = 0; pair < width / 2; pair += 1) {
      const angle = places[Math.floor(pair / bands)]! * base ** (-(pair % bands) / bands);
      const at = (unturned + patch) * width + 2 * pair;
      cosines.fill(Math.cos(angle), at, at + 2);
      sines.fill(Math.sin(angle), at, at + 2);
    }
  }
  return {
    cosines: constant(cosines, [rows, width]),
    sines: constant(sines, [rows, width]),
    quarterTurn: quarterTurn(width),
  };
}

/** Queries or keys `[B, heads, L, d]`, turned by where their rows stand. */
export function turned(x: Tensor, { cosines, sines, quarterTurn: quarter }: Rotation): Tensor {
  const ofHeads = (angles: Tensor): Tensor => {
    const [batch, length, width] = angles.shape;
    return angles.shape.length === 2 ? angles : reshape(angles, [batch!, 1, length!, width!]);
  };
  return add(mul(x, ofHeads(cosines)), mul(matmul(x, quarter), ofHeads(sines)));
}

/**
 * The rotation of tokens that are averaged: the mean of their rotations, under which the score of a merged token is the mean
 * of the scores that its patches would have with its key.
 */
export function averagedRotation(
  { cosines, sines, quarterTurn: quarter }: Rotation,
  average: Average,
  batch: Dim,
): Rotation {
  const averaged = (angles: Tensor): Tensor =>
    average(angles.shape.length === 2 ? expand(angles, [batch, ...angles.shape]) : angles);
  return { cosines: averaged(cosines), sines: averaged(sines), quarterTurn: quarter };
}

function quarterTurn(width: number): Tensor {
  const matrix = new Float32Array(width * width);
  for (let first = 0; first < width; first += 2) {
    matrix[(first + 1) * width + first] = -1;
    matrix[first * width + first + 1] = 1;
  }
  return constant(matrix, [width, width]);
}
