import type { FrameSource } from '#main/media/frame-source.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import type { FrameBatch, FrameBatchOptions } from './frame-batches.ts';
import { StillFrames } from './still-frames.ts';

/** Frames of a batch at most, so that what is known of a still film is written down from time to time. */
const mostFrames = 64;

/**
 * Decodes the frames with these indices `[N]`, ascending, and preprocesses them into batches of up to `largestSize` pictures that
 * differ: a frame that hardly differs from the last picture of its batch shares it. Each batch begins anew, so that one
 * who goes on after any of them makes the same ones.
 */
export async function* distinctBatches(
  source: Pick<FrameSource, 'framesAtIndices'>,
  indices: Int32Array,
  { preprocessing, place, largestSize, spare }: Omit<FrameBatchOptions, 'sizes'>,
): AsyncGenerator<FrameBatch, void> {
  const preprocessor = new ImagePreprocessor(preprocessing);
  const still = new StillFrames();
  const length = preprocessor.outputLength;
  const newPixels = () => spare.pop() ?? new Float32Array(largestSize * length);
  let pixels = newPixels();
  let pictures = 0;
  let timesUs: number[] = [];
  let pictureOf: number[] = [];
  const take = (startUs: number): void => {
    timesUs.push(startUs);
    pictureOf.push(pictures - 1);
  };
  const batch = (): FrameBatch => ({
    pixels,
    pictures,
    timesUs: Float64Array.from(timesUs),
    pictureOf: Int32Array.from(pictureOf),
  });
  for await (const frame of source.framesAtIndices(indices)) {
    using decoded = frame;
    const isFull = timesUs.length === mostFrames;
    if (still.isStill(decoded) && !isFull) {
      take(decoded.startUs);
      continue;
    }
    if (isFull || pictures === largestSize) {
      const made = batch();
      pixels = newPixels();
      [pictures, timesUs, pictureOf] = [0, [], []];
      yield made;
    }
    preprocessor.write(decoded.rgb, decoded.width, decoded.height, pixels, pictures * length, place);
    still.keep();
    pictures += 1;
    take(decoded.startUs);
  }
  if (timesUs.length > 0) yield batch();
}
