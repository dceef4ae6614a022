import type { ImagePreprocessing } from './image-preprocessing.ts';
import { resampleAxis, resampleColumns, resampleRows } from './resample.ts';
import type { ResampleAxis } from './resample.ts';

/** Where along one axis of the resized picture the crop lies, and where in the output it begins (beyond the padding). */
interface Crop {
  readonly from: number;
  readonly to: number;
  readonly padding: number;
}

/** All that depends on the size of the input alone. */
interface Plan {
  readonly width: number;
  readonly height: number;
  readonly place: number;
  readonly x: Crop;
  readonly y: Crop;
  readonly columns: ResampleAxis;
  readonly rows: ResampleAxis;
  readonly fromRow: number;
  readonly toRow: number;
  /** `[toRow - fromRow, x.to - x.from, 3]`: resized along x. */
  readonly narrowed: Uint8Array;
  /** `[y.to - y.from, x.to - x.from, 3]`: the cropped, resized picture. */
  readonly cropped: Uint8Array;
}

/**
 * Pictures as a model takes them, equal to torchvision's Resize, CenterCrop, ToTensor and Normalize on Pillow images.
 * Only what the crop shows is computed; tables and buffers are kept for as long as pictures have one size.
 */
export class ImagePreprocessor {
  readonly preprocessing: ImagePreprocessing;
  /** Byte to normalised value, `[3, 256]`. */
  readonly #normalised: Float32Array;
  #plan: Plan | null = null;

  constructor(preprocessing: ImagePreprocessing) {
    this.preprocessing = preprocessing;
    const { rescale, mean, std } = preprocessing;
    this.#normalised = Float32Array.from({ length: 3 * 256 }, (_, at) => {
      const channel = at >> 8;
      return ((at & 255) * rescale - mean[channel]!) / std[channel]!;
    });
  }

  /** Number of values per picture: `3 * cropHeight * cropWidth`. */
  get outputLength(): number {
    return 3 * this.preprocessing.cropHeight * this.preprocessing.cropWidth;
  }

  /**
   * Writes `[3, cropHeight, cropWidth]` into `output` at `offset` from packed RGB24 `[height, width, 3]`. `place` is where
   * along the longer side the crop lies, from 0 to 1: 0.5 is the centre, exactly as models are trained.
   */
  write(rgb: Uint8Array, width: number, height: number, output: Float32Array, offset = 0, place = 0.5): void {
    const plan = this.#planFor(width, height, place);
    resampleRows(rgb, width, plan.fromRow, plan.toRow, plan.columns, plan.narrowed);
    const rowLength = (plan.x.to - plan.x.from) * 3;
    resampleColumns(plan.narrowed, rowLength, plan.fromRow, plan.rows, plan.cropped);
    this.#normalise(plan, output, offset);
  }

  #normalise({ x, y, cropped }: Plan, output: Float32Array, offset: number): void {
    const { cropWidth, cropHeight } = this.preprocessing;
    const table = this.#normalised;
    const columns = x.to - x.from;
    const rows = y.to - y.from;
    for (let channel = 0; channel < 3; channel += 1) {
      const plane = offset + channel * cropHeight * cropWidth;
      const values = channel << 8;
      if (columns < cropWidth || rows < cropHeight) output.fill(table[values]!, plane, plane + cropHeight * cropWidth);
      for (let row = 0; row < rows; row += 1) {
        let from = row * columns * 3 + channel;
        let to = plane + (row + y.padding) * cropWidth + x.padding;
        for (let column = 0; column < columns; column += 1) {
          output[to] = table[values + cropped[from]!]!;
          from += 3;
          to += 1;
        }
      }
    }
  }

  #planFor(width: number, height: number, place: number): Plan {
    if (this.#plan?.width !== width || this.#plan.height !== height || this.#plan.place !== place)
      this.#plan = planOf(width, height, place, this.preprocessing);
    return this.#plan;
  }
}

/** One picture, `[3, cropHeight, cropWidth]`; for many use `ImagePreprocessor`, which keeps its tables. */
export function preprocessImage(
  rgb: Uint8Array,
  width: number,
  height: number,
  preprocessing: ImagePreprocessing,
): Float32Array {
  const preprocessor = new ImagePreprocessor(preprocessing);
  const output = new Float32Array(preprocessor.outputLength);
  preprocessor.write(rgb, width, height, output);
  return output;
}

function planOf(width: number, height: number, place: number, preprocessing: ImagePreprocessing): Plan {
  const { cropWidth, cropHeight, resample } = preprocessing;
  const resized = resizedSize(width, height, preprocessing);
  const x = cropOf(resized.width, cropWidth, width > height ? place : 0.5);
  const y = cropOf(resized.height, cropHeight, height > width ? place : 0.5);
  const columns = resampleAxis(width, resized.width, resample, x.from, x.to);
  const rows = resampleAxis(height, resized.height, resample, y.from, y.to);
  const fromRow = Math.min(...rows.firsts);
  const toRow = Math.max(...rows.firsts.map((first, index) => first + rows.counts[index]!));
  const rowLength = (x.to - x.from) * 3;
  return {
    width,
    height,
    place,
    x,
    y,
    columns,
    rows,
    fromRow,
    toRow,
    narrowed: new Uint8Array((toRow - fromRow) * rowLength),
    cropped: new Uint8Array((y.to - y.from) * rowLength),
  };
}

/** Size after resizing; the longer side is cut to a whole number, as torchvision's Resize does. */
export function resizedSize(
  width: number,
  height: number,
  { resize, size }: Pick<ImagePreprocessing, 'resize' | 'size'>,
): { readonly width: number; readonly height: number } {
  if (resize === 'squash') return { width: size, height: size };
  const longer = Math.trunc((size * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? { width: size, height: longer } : { width: longer, height: size };
}

/** Along one axis: torchvision's CenterCrop where `place` is 0.5, else so far along it. */
function cropOf(length: number, crop: number, place: number): Crop {
  if (place === 0.5 || length <= crop) return centreCrop(length, crop);
  const from = Math.round((length - crop) * place);
  return { from, to: from + crop, padding: 0 };
}

/** torchvision's CenterCrop along one axis: offsets round half to even; a picture that is too small is padded with black. */
function centreCrop(length: number, crop: number): Crop {
  if (length <= crop) return { from: 0, to: length, padding: (crop - length) >> 1 };
  const half = (length - crop) / 2;
  const below = Math.floor(half);
  const from = half - below === 0.5 && below % 2 === 1 ? below + 1 : below;
  return { from, to: from + crop, padding: 0 };
}
