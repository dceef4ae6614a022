import type { FrameSource } from '#main/media/frame-source.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';

/** Preprocessed frames, ready for an encoder. */
export interface FrameBatch {
  /** Begins with `[pictures, 3, H, W]`; its memory is that of a full batch. */
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly pictures: number;
  /** Start of each frame, microseconds. */
  readonly timesUs: Float64Array;
  /** Which picture each frame shows, ascending; null where each has its own. */
  readonly pictureOf: Int32Array | null;
}

export interface FrameBatchOptions {
  readonly preprocessing: ImagePreprocessing;
  /** Where along the longer side of pictures the crop lies, from 0 to 1; the centre where it is left out. */
  readonly place?: number;
  /** Frames in each batch; together as many as there are indices. */
  readonly sizes: Iterable<number>;
  readonly largestSize: number;
  /** Pixel memory to use before new memory is taken; whoever is done with a batch puts its pixels here. */
  readonly spare: Float32Array<ArrayBuffer>[];
}

/** Decodes the frames with these indices, ascending, and preprocesses them batch by batch: `[N]` indices in all. */
export async function* frameBatches(
  source: Pick<FrameSource, 'framesAtIndices'>,
  indices: Int32Array,
  { preprocessing, place, sizes, largestSize, spare }: FrameBatchOptions,
): AsyncGenerator<FrameBatch, void> {
  const preprocessor = new ImagePreprocessor(preprocessing);
  const length = preprocessor.outputLength;
  const frames = source.framesAtIndices(indices);
  try {
    for (const size of sizes) {
      const pixels = spare.pop() ?? new Float32Array(largestSize * length);
      const timesUs = new Float64Array(size);
      for (let row = 0; row < size; row += 1) {
        const next = await frames.next();
        if (next.done) throw new RangeError('fewer frames than indices');
        using frame = next.value;
        preprocessor.write(frame.rgb, frame.width, frame.height, pixels, row * length, place);
        timesUs[row] = frame.startUs;
      }
      yield { pixels, pictures: size, timesUs, pictureOf: null };
    }
  } finally {
    await frames.return(undefined);
  }
}
