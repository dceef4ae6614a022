import { localisationConstants } from '../propose/localisation-constants.ts';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { joinRows, rowAt, rowsOf, type Rows } from './rows.ts';
import { blocksOfView } from './span-descriptor.ts';

const { directions: directionsInAll, keptWhole, leastSpread, meanVariance } = localisationConstants.description;
/** Oversampling and power iterations of the range finder (Halko, Martinsson & Tropp 2011, algorithm 4.4). */
const extraDirections = 8;
const powerIterations = 2;

/** The directions in which a project's spans differ, for each block of their descriptors. */
export interface BlockBasis {
  readonly dim: number;
  readonly blocks: number;
  /** Directions of a block. */
  readonly rank: number;
  /** For each block `[rank, D]`, orthogonal rows of one length for each block; null where every direction is kept as it is. */
  readonly directions: readonly Float64Array[] | null;
}

/**
 * The principal directions of each block `[n, B D] → B × [rank, D]` over unlabelled spans, descriptors `parts`. Narrow
 * features are kept as they are, and so are not very wide ones of spans too few to show that many directions. Each block's
 * codes have a variance of 1 in all, those of the mean of each view less: how large the numbers of a kind are says nothing of what they tell, and what is
 * shrunk towards equal variances would otherwise hear the largest ones alone. Equal rows give equal directions.
 */
export function blockBasis(parts: readonly Rows[], dim: number): BlockBasis {
  const descriptors = joinRows(parts, parts[0]?.width ?? 0);
  const blocks = descriptors.width / Math.max(1, dim);
  const rank = Math.floor(directionsInAll / Math.max(1, blocks));
  const isFew = descriptors.count <= rank + extraDirections && descriptors.width <= keptWhole;
  if (dim <= rank + extraDirections || descriptors.count === 0 || isFew)
    return { dim, blocks, rank: dim, directions: null };
  const directions = Array.from({ length: blocks }, (_, block) =>
    principalDirections(centredBlock(descriptors, block, dim), rank, block % blocksOfView === 0 ? meanVariance : 1),
  );
  return { dim, blocks, rank, directions };
}

/** Writes a descriptor `[B D]` in terms of the basis into `out` `[B rank]`. */
export function encodeBlocks({ dim, rank, directions }: BlockBasis, descriptor: Float64Array, out: Float64Array): void {
  if (directions === null) return out.set(descriptor);
  for (const [block, rows] of directions.entries()) {
    for (let row = 0; row < rank; row += 1) {
      let sum = 0;
      for (let at = 0; at < dim; at += 1) sum += rows[row * dim + at]! * descriptor[block * dim + at]!;
      out[block * rank + row] = sum;
    }
  }
}

/** R, the numbers in a code. */
export const codeWidth = ({ blocks, rank }: BlockBasis): number => blocks * rank;

/** Codes of descriptors: `[n, B D]` → `[n, R]`. */
export const encodeRows = (basis: BlockBasis, descriptors: Rows): Rows =>
  rowsOf(descriptors.count, codeWidth(basis), (row, out) => encodeBlocks(basis, rowAt(descriptors, row), out));

function centredBlock({ count, width, values }: Rows, block: number, dim: number): Matrix {
  const centred = new Matrix(count, dim);
  for (let row = 0; row < count; row += 1)
    for (let at = 0; at < dim; at += 1) centred.set(row, at, values[row * width + block * dim + at]!);
  return centred.center('column');
}

/** The `rank` first right singular vectors of `matrix` `[n, D]`, as rows, so long that its variance along all of them is `total`. */
function principalDirections(matrix: Matrix, rank: number, total: number): Float64Array {
  const dim = matrix.columns;
  const covariance = matrix.transpose().mmul(matrix).div(matrix.rows);
  let range = orthonormalColumns(covariance.subMatrix(0, dim - 1, 0, rank + extraDirections - 1));
  for (let pass = 0; pass < powerIterations; pass += 1) range = orthonormalColumns(covariance.mmul(range));
  const small = range.transpose().mmul(covariance).mmul(range);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(small, { assumeSymmetric: true });
  // Eigenvalues ascend.
  const best = range.mmul(eigenvectorMatrix);
  const variance = realEigenvalues.slice(-rank).reduce((sum, value) => sum + value, 0);
  const length = Math.sqrt(total / Math.max(variance, leastSpread));
  return Float64Array.from(
    { length: rank * dim },
    (_, index) => length * best.get(index % dim, best.columns - 1 - Math.floor(index / dim)),
  );
}

/** Gram-Schmidt, twice for the sake of rounding; columns that depend on others become zero. */
function orthonormalColumns(matrix: Matrix): Matrix {
  const columns = Array.from({ length: matrix.columns }, (_, at) => Float64Array.from(matrix.getColumn(at)));
  for (const [at, column] of columns.entries()) {
    const before = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass += 1) {
      for (const other of columns.slice(0, at)) {
        const share = dot(other, column);
        for (let row = 0; row < column.length; row += 1) column[row]! -= share * other[row]!;
      }
    }
    const length = Math.sqrt(dot(column, column));
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let row = 0; row < column.length; row += 1) column[row]! *= scale;
  }
  const result = new Matrix(matrix.rows, columns.length);
  for (const [at, column] of columns.entries()) result.setColumn(at, column);
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}
