import { add, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { constant, type Tensor } from '../graph/tensor.ts';

/** The angle of the slowest pair of numbers turns by 1/10,000 a patch (Su et al. 2021). */
const base = 10_000;

/** Turns queries or keys `[B, heads, L, d]` by where their rows stand. */
export type Rotary = (x: Tensor) => Tensor;

/**
 * Rotary positions on a grid (Su et al. 2021; Bolya et al. 2025, s.2.1): of the pairs of neighbouring numbers in a head
 * the first half is turned by the column of a patch, the second by its row, both counted from `firstIndex` and each worth
 * `step` of the patches that angles are meant for. `unturned` rows stand before the patches, as a class token does. L is
 * `unturned + grid²`, d the head's width, a multiple of 4.
 */
export function gridRotary(
  grid: number,
  width: number,
  { firstIndex, step, unturned }: { readonly firstIndex: number; readonly step: number; readonly unturned: number },
): Rotary {
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
  const [cos, sin] = [constant(cosines, [rows, width]), constant(sines, [rows, width])];
  const quarterTurn = turned(width);
  return (x) => add(mul(x, cos), mul(matmul(x, quarterTurn), sin));
}

/** `x · turned` has (−b, a) in the place of each pair (a, b). */
function turned(width: number): Tensor {
  const matrix = new Float32Array(width * width);
  for (let first = 0; first < width; first += 2) {
    matrix[(first + 1) * width + first] = -1;
    matrix[first * width + first + 1] = 1;
  }
  return constant(matrix, [width, width]);
}
