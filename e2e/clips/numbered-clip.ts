import { writeClip } from '#main/media/clip-writer.ts';
import type { ClipFrame, ClipOptions } from '#main/media/clip-writer.ts';

/** Cells per side. Sixteen cells carry twelve bits of number and four bits that check them. */
const grid = 4;

/** Highest number plus one that the cells can carry. */
export const numberLimit = 4096;

/** A clip whose every frame says which one it is. */
export interface NumberedClip extends ClipOptions {
  /** Size on screen, upright, square pixels; multiples of 8. */
  readonly width?: number;
  readonly height?: number;
  /** When each frame appears; frame `i` carries the number `i`, or `numbers[i]`. */
  readonly startsUs: readonly number[];
  readonly numbers?: readonly number[];
}

/** Writes a clip in which frame `i` shows the number `i` in large black and white cells, readable after any transform. */
export async function writeNumberedClip(file: string, clip: NumberedClip): Promise<void> {
  const { width = 192, height = 128, startsUs, numbers, ...options } = clip;
  const [horizontal, vertical] = clip.sampleAspectRatio ?? [1, 1];
  const turned = (clip.quarterTurns ?? 0) % 2 === 1;
  const storedWidth = (turned ? height : width) / (horizontal / vertical);
  const storedHeight = turned ? width : height;
  const frames = async function* (): AsyncGenerator<ClipFrame> {
    for (const [index, startUs] of startsUs.entries()) {
      const rgb = drawStored(numbers?.[index] ?? index, storedWidth, storedHeight, clip.quarterTurns ?? 0);
      yield { rgb, width: storedWidth, height: storedHeight, startUs };
    }
  };
  await writeClip(file, frames(), options);
}

/** The picture of a number, upright: `[height, width, 3]` bytes. */
export const numberedPicture = (number: number, width: number, height: number): Uint8Array =>
  drawStored(number, width, height, 0);

/** The picture of a number, stored so that it is upright after being turned clockwise by `quarterTurns`. */
function drawStored(number: number, width: number, height: number, quarterTurns: number): Uint8Array {
  const cells = cellsOf(number);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = uprightOf((x + 0.5) / width, (y + 0.5) / height, quarterTurns);
      const cell = Math.floor(v * grid) * grid + Math.floor(u * grid);
      rgb.fill(cells[cell] ? 235 : 16, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return rgb;
}

/** Where a stored point is seen after clockwise quarter turns; all coordinates in [0, 1). */
function uprightOf(x: number, y: number, quarterTurns: number): readonly [number, number] {
  if (quarterTurns === 1) return [1 - y, x];
  if (quarterTurns === 2) return [1 - x, 1 - y];
  return quarterTurns === 3 ? [y, 1 - x] : [x, y];
}

function cellsOf(number: number): readonly boolean[] {
  if (number >= numberLimit) throw new RangeError(`a numbered clip has at most ${numberLimit} numbers`);
  const code = (number << 4) | checkOf(number);
  return Array.from({ length: grid * grid }, (_, bit) => ((code >> (grid * grid - 1 - bit)) & 1) === 1);
}

/** Four bits that differ between neighbouring numbers and are never all equal to the number's own digits. */
const checkOf = (number: number): number => (~(number ^ (number >> 4) ^ (number >> 8)) & 15) >>> 0;

/**
 * The number that a picture shows, or null where none can be read with certainty.
 * @param pixels rows of `channels` bytes per pixel, upright, at any size.
 */
export function readNumber(pixels: ArrayLike<number>, width: number, height: number, channels: 3 | 4): number | null {
  let code = 0;
  for (let cell = 0; cell < grid * grid; cell += 1) {
    const level = meanLevel(pixels, width, height, channels, cell);
    if (level > 70 && level < 180) return null;
    code = (code << 1) | (level > 125 ? 1 : 0);
  }
  const number = code >> 4;
  return (code & 15) === checkOf(number) ? number : null;
}

/** Mean brightness of the middle half of a cell. */
function meanLevel(pixels: ArrayLike<number>, width: number, height: number, channels: number, cell: number): number {
  const left = ((cell % grid) + 0.25) / grid;
  const top = (Math.floor(cell / grid) + 0.25) / grid;
  const half = 0.5 / grid;
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(top * height); y < Math.floor((top + half) * height); y += 1) {
    for (let x = Math.floor(left * width); x < Math.floor((left + half) * width); x += 1) {
      sum += pixels[(y * width + x) * channels + 1]!;
      count += 1;
    }
  }
  return sum / count;
}
