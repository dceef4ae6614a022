import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';

/** Part of the key of features: to be raised with each change of what counts as still. */
export const stillMethod = 1;

/**
 * Mean changes of brightness, of 255, up to which a picture counts as the one before: of all of it, and of the cell that
 * changes most. A hand that moves far from the camera changes one cell by tens, and compression none by more than these.
 */
const largestChange = { picture: 1.5, cell: 4 } as const;
/** Cells along each side, about as many as encoders have patches. */
const cells = 14;

/** Tells whether preprocessed pictures `[3, H, W]` show what the last kept one shows. */
export class StillFrames {
  readonly #height: number;
  readonly #width: number;
  /** Brightness, of 255, that one unit of each channel is worth: a third of it each. */
  readonly #worth: readonly [number, number, number];
  readonly #kept: Float32Array;
  readonly #changes = new Float64Array(cells * cells);
  /** Pixels of each cell; and, by column and by row of the picture, what adds up to the number of a cell. */
  readonly #sizes = new Float64Array(cells * cells);
  readonly #acrossTo: Int32Array;
  readonly #downTo: Int32Array;
  #hasKept = false;

  constructor({ cropHeight, cropWidth, rescale, std }: ImagePreprocessing) {
    this.#height = cropHeight;
    this.#width = cropWidth;
    const [red, green, blue] = std.map((one) => one / rescale / 3) as [number, number, number];
    this.#worth = [red, green, blue];
    this.#kept = new Float32Array(3 * cropHeight * cropWidth);
    this.#acrossTo = Int32Array.from({ length: cropWidth }, (_, x) => Math.floor((x * cells) / cropWidth));
    this.#downTo = Int32Array.from({ length: cropHeight }, (_, y) => cells * Math.floor((y * cells) / cropHeight));
    for (const down of this.#downTo) for (const across of this.#acrossTo) this.#sizes[down + across]! += 1;
  }

  /** Whether the picture that begins at `at` shows what the kept one does. */
  isStill(pixels: Float32Array, at: number): boolean {
    if (!this.#hasKept) return false;
    const [red, green, blue] = this.#worth;
    const plane = this.#height * this.#width;
    const kept = this.#kept;
    const changes = this.#changes.fill(0);
    for (let y = 0, pixel = 0; y < this.#height; y += 1) {
      const down = this.#downTo[y]!;
      for (let x = 0; x < this.#width; x += 1, pixel += 1) {
        const change =
          red * (pixels[at + pixel]! - kept[pixel]!) +
          green * (pixels[at + plane + pixel]! - kept[plane + pixel]!) +
          blue * (pixels[at + 2 * plane + pixel]! - kept[2 * plane + pixel]!);
        changes[down + this.#acrossTo[x]!]! += Math.abs(change);
      }
    }
    const whole = changes.reduce((sum, change) => sum + change, 0) / plane;
    return (
      whole <= largestChange.picture && changes.every((sum, cell) => sum <= largestChange.cell * this.#sizes[cell]!)
    );
  }

  /** Keeps the picture that begins at `at` as what others are held against. */
  keep(pixels: Float32Array, at: number): void {
    this.#kept.set(pixels.subarray(at, at + this.#kept.length));
    this.#hasKept = true;
  }
}
