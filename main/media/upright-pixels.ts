import type { Orientation } from './display-geometry.ts';

/**
 * Turns packed RGB24 upright: mirrors left to right where asked, then turns clockwise by quarter turns, from `source`
 * (`[height, width, 3]`) into `target` (`[width, height, 3]` for odd numbers of quarter turns). They must not overlap.
 */
export function turnUpright(
  source: Uint8Array,
  width: number,
  height: number,
  { quarterTurns, mirrored }: Pick<Orientation, 'quarterTurns' | 'mirrored'>,
  target: Uint8Array,
): void {
  const outWidth = quarterTurns % 2 === 0 ? width : height;
  const outHeight = quarterTurns % 2 === 0 ? height : width;
  // Where target pixel (0, 0) comes from, and how far the source moves per target column and row, in pixels.
  const [originX, originY] = [
    [0, 0],
    [0, height - 1],
    [width - 1, height - 1],
    [width - 1, 0],
  ][quarterTurns]! as [number, number];
  const [columnX, columnY] = [
    [1, 0],
    [0, -1],
    [-1, 0],
    [0, 1],
  ][quarterTurns]! as [number, number];
  const [rowX, rowY] = [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ][quarterTurns]! as [number, number];
  const flip = mirrored ? -1 : 1;
  const startX = mirrored ? width - 1 - originX : originX;
  const columnStep = 3 * (columnX * flip + columnY * width);
  const rowStep = 3 * (rowX * flip + rowY * width);
  const start = 3 * (startX + originY * width);
  let to = 0;
  for (let row = 0; row < outHeight; row += 1) {
    let from = start + row * rowStep;
    for (let column = 0; column < outWidth; column += 1) {
      target[to] = source[from]!;
      target[to + 1] = source[from + 1]!;
      target[to + 2] = source[from + 2]!;
      to += 3;
      from += columnStep;
    }
  }
}
