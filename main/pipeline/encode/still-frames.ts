import type { RgbPixels } from '#main/media/rgb-pixels.ts';

/** Part of the key of features: to be raised with each change of what counts as still. */
export const stillMethod = 2;

/**
 * Mean changes of brightness, of 255, up to which a picture counts as the one before: of all of it, and of the cell that
 * changes most. A hand that moves far from the camera changes one cell by tens, and compression none by more than these.
 */
const largestChange = { picture: 1.5, cell: 4 } as const;
/** Cells along the shorter side, about as many as encoders have patches. */
const cells = 14;
/** About the size to which encoders shrink pictures: noise of single pixels is averaged away as it is there. */
const encodedSide = 224;

/**
 * Tells whether decoded pictures show what the last kept one shows, before they are made ready for an encoder: by the
 * brightness of a quarter of their pixels.
 */
export class StillFrames {
  #sampling: Sampling | null = null;
  #seen: Int32Array = new Int32Array(0);
  #kept: Int32Array | null = null;

  /** Whether the picture shows what the kept one does. */
  isStill(picture: RgbPixels): boolean {
    const { width, height } = picture;
    if (this.#sampling?.width !== width || this.#sampling.height !== height) {
      this.#sampling = samplingOf(width, height);
      this.#seen = new Int32Array(this.#sampling.columns * this.#sampling.rows);
      this.#kept = null;
    }
    sample(picture, this.#sampling, this.#seen);
    return this.#kept !== null && hardlyDiffer(this.#seen, this.#kept, this.#sampling);
  }

  /** Keeps the picture that was asked about last as what others are held against. */
  keep(): void {
    const before = this.#kept ?? new Int32Array(this.#seen.length);
    this.#kept = this.#seen;
    this.#seen = before;
  }
}

/** Where a picture of this size is looked at: squares of `side` pixels, as far apart as they are wide. */
interface Sampling {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  /** By column and by row of samples, what adds up to the number of a cell. */
  readonly acrossTo: Int32Array;
  readonly downTo: Int32Array;
  /** Samples of each cell. */
  readonly sizes: Float64Array;
}

function samplingOf(width: number, height: number): Sampling {
  const shorter = Math.min(width, height);
  const side = Math.max(1, Math.round(shorter / encodedSide));
  const [columns, rows] = [Math.ceil(width / side / 2), Math.ceil(height / side / 2)];
  const cellsAlong = (length: number, samples: number) => Math.min(samples, Math.round((cells * length) / shorter));
  const [across, down] = [cellsAlong(width, columns), cellsAlong(height, rows)];
  const acrossTo = Int32Array.from({ length: columns }, (_, x) => Math.floor((x * across) / columns));
  const downTo = Int32Array.from({ length: rows }, (_, y) => across * Math.floor((y * down) / rows));
  const sizes = new Float64Array(across * down);
  for (const row of downTo) for (const column of acrossTo) sizes[row + column]! += 1;
  return { width, height, side, columns, rows, acrossTo, downTo, sizes };
}

/** Red, green and blue of each square, added up. */
function sample({ rgb }: RgbPixels, { width, height, side, columns, rows }: Sampling, sums: Int32Array): void {
  for (let row = 0, at = 0; row < rows; row += 1) {
    const top = 2 * side * row;
    const bottom = Math.min(height, top + side);
    for (let column = 0; column < columns; column += 1, at += 1) {
      const left = 2 * side * column;
      const right = Math.min(width, left + side);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        const end = 3 * (y * width + right);
        for (let byte = 3 * (y * width + left); byte < end; byte += 1) sum += rgb[byte]!;
      }
      sums[at] = sum;
    }
  }
}

function hardlyDiffer(seen: Int32Array, kept: Int32Array, { side, columns, rows, ...cellOf }: Sampling): boolean {
  const changes = new Float64Array(cellOf.sizes.length);
  for (let row = 0, at = 0; row < rows; row += 1) {
    const down = cellOf.downTo[row]!;
    for (let column = 0; column < columns; column += 1, at += 1)
      changes[down + cellOf.acrossTo[column]!]! += Math.abs(seen[at]! - kept[at]!);
  }
  // Of a sample: three colours of each of its pixels.
  const numbers = 3 * side * side;
  const whole = changes.reduce((sum, change) => sum + change, 0) / (rows * columns * numbers);
  return (
    whole <= largestChange.picture &&
    changes.every((sum, cell) => sum <= largestChange.cell * numbers * cellOf.sizes[cell]!)
  );
}
