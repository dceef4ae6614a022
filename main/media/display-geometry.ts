import type { Stream } from 'node-av/lib';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';

/** How a stored picture is turned for display: mirrored left to right first where `mirrored`, then turned. */
export interface Orientation {
  /** Degrees counter-clockwise in (-180, 180], as the container states them. */
  readonly rotation: number;
  /** Clockwise quarter turns, 0 to 3: `rotation` to the nearest that a player can show. */
  readonly quarterTurns: number;
  readonly mirrored: boolean;
}

/** The orientation that a stream's display matrix asks for (ISO/IEC 14496-12, track header matrix). */
export function orientationOf(stream: Stream): Orientation {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  return matrix ? orientationOfMatrix(matrix) : { rotation: 0, quarterTurns: 0, mirrored: false };
}

/** @param matrix nine 32-bit little-endian numbers, row by row, as FFmpeg passes the display matrix on. */
export function orientationOfMatrix(matrix: Uint8Array): Orientation {
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength);
  const cell = (at: number): number => view.getInt32(at * 4, true);
  const [a, b, c, d] = [cell(0), cell(1), cell(3), cell(4)];
  const mirrored = a * d - b * c < 0;
  // Mirroring changes the sign of the first row; undone, both kinds read alike.
  const clockwise = ((mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)) * 180) / Math.PI;
  const rotation = Math.abs(clockwise) === 180 ? 180 : 0 - clockwise;
  return { rotation, quarterTurns: (Math.round(clockwise / 90) + 4) % 4, mirrored };
}

/** Size on screen, `[width, height]`: square pixels, then turned upright. */
export function displaySize(
  width: number,
  height: number,
  sampleAspectRatio: readonly [number, number],
  { quarterTurns }: Pick<Orientation, 'quarterTurns'>,
): readonly [number, number] {
  const [w, h] = squarePixelSize(width, height, sampleAspectRatio);
  return quarterTurns % 2 === 0 ? [w, h] : [h, w];
}

/** Size with square pixels: the side that is too short for its pixels grows, so that no detail is lost. */
export function squarePixelSize(
  width: number,
  height: number,
  [numerator, denominator]: readonly [number, number],
): readonly [number, number] {
  return numerator >= denominator
    ? [Math.round((width * numerator) / denominator), height]
    : [width, Math.round((height * denominator) / numerator)];
}
