/** Cells a side. Enough to tell neighbouring pictures of a film apart, few enough to keep one for every picture. */
export const signatureSide = 32;

/**
 * `[32 × 32]` brightness of a picture's cells, row by row, with mean 0 and standard deviation 1, so that readers that take
 * a range or a transfer curve differently still agree on which picture it is; an even picture is near 0 everywhere.
 */
export type PictureSignature = Float32Array;

/**
 * Standard deviation, in steps of 0 to 255, up to which a picture counts by what it shows and not by its proportions:
 * readers round to half a step, which in an almost black picture is no small part of all that is there.
 */
const leastSpread = 16;

/** The signature of a picture, `[height, width, channels]` bytes: mean luma (BT.601) of each cell. */
export function signatureOf(pixels: Uint8Array, width: number, height: number, channels: 3 | 4 = 3): PictureSignature {
  const values = new Float32Array(signatureSide ** 2);
  for (let row = 0; row < signatureSide; row += 1) {
    const [top, bottom] = cellOf(row, height);
    for (let column = 0; column < signatureSide; column += 1) {
      const [left, right] = cellOf(column, width);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          const at = (y * width + x) * channels;
          sum += 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
        }
      }
      values[row * signatureSide + column] = sum / ((bottom - top) * (right - left));
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / Math.max(spread, leastSpread));
}

/** How differently two pictures look: 0 for the same picture, about 1.4 for two that have nothing to do with each other. */
export function signatureDistance(a: PictureSignature, b: PictureSignature): number {
  let sum = 0;
  for (let cell = 0; cell < a.length; cell += 1) sum += (a[cell]! - b[cell]!) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Pixels of a side that lie in a cell; at least one, which small pictures share. */
function cellOf(cell: number, pixels: number): readonly [from: number, to: number] {
  const from = Math.floor((cell * pixels) / signatureSide);
  return [from, Math.max(from + 1, Math.floor(((cell + 1) * pixels) / signatureSide))];
}
