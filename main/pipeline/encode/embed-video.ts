import type { FrameSource } from '#main/media/frame-source.ts';
import type { FeatureAppender } from '#main/pipeline/feature-store/feature-appender.ts';
import { throwIfCancelled } from '#main/media/video-file.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { distinctBatches } from './distinct-batches.ts';
import { frameBatches, type FrameBatch } from './frame-batches.ts';
import { readAhead } from './read-ahead.ts';
import { sampledFrames } from './sampled-frames.ts';

/** An image encoder as embedding needs it; it computes elsewhere, so that decoding goes on meanwhile. */
export interface FrameEncoder {
  readonly preprocessing: ImagePreprocessing;
  readonly batchSize: number;
  /** How many batches it computes at the same time. */
  readonly atOnce: number;
  /**
   * `pixels` `[batch, 3, H, W]` → unit rows `[batch, D]`. Takes the memory of `pixels`, and hands it back to be filled
   * again.
   */
  encode(
    pixels: Float32Array<ArrayBuffer>,
    batch: number,
  ): Promise<{ readonly features: Float32Array; readonly pixels: Float32Array<ArrayBuffer> }>;
}

export interface EmbedVideoOptions {
  readonly frames: FrameSource;
  readonly table: FrameTable;
  readonly samplingFps: number;
  readonly encoder: FrameEncoder;
  /** Where along the longer side of pictures is looked, from 0 to 1; the centre where it is left out. */
  readonly place?: number;
  /** Whether frames that hardly differ from the one before share its features. */
  readonly shareStill?: boolean;
  /** Rows that it has already are not computed again. The caller finishes it. */
  readonly appender: FeatureAppender;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface EmbeddedVideo {
  readonly rows: number;
  /** How many of them, of those computed now, share the features of a frame before. */
  readonly shared: number;
}

/** How many batches are decoded and preprocessed beyond those that the encoder has. */
const batchesAhead = 2;

/** A batch that the encoder has. */
interface Encoding {
  readonly batch: FrameBatch;
  readonly encoding: ReturnType<FrameEncoder['encode']>;
}

/**
 * Frames → preprocessing → batches → features. Decoding runs ahead of the encoder by a few batches, which has its
 * next ones before it is done with those that it computes, so that it never waits; pixel memory is used again, so memory does not grow with the
 * video. Batches begin at multiples of the batch size, whether this is the
 * first try or one that goes on from an interrupted one: both give the same features.
 */
export async function embedVideo(options: EmbedVideoOptions): Promise<EmbeddedVideo> {
  const { frames, table, encoder, appender, signal, onProgress } = options;
  const indices = sampledFrames(table, options.samplingFps);
  const spare: Float32Array<ArrayBuffer>[] = [];
  const batchOptions = {
    preprocessing: encoder.preprocessing,
    largestSize: encoder.batchSize,
    spare,
    ...(options.place === undefined ? {} : { place: options.place }),
  };
  const lacking = indices.subarray(appender.rowCount);
  const batches = options.shareStill
    ? distinctBatches(frames, lacking, batchOptions)
    : frameBatches(frames, lacking, {
        ...batchOptions,
        sizes: batchSizes(appender.rowCount, indices.length, encoder.batchSize),
      });
  let shared = 0;
  const take = async ({ batch, encoding }: Encoding): Promise<void> => {
    const { features, pixels } = await encoding;
    spare.push(pixels);
    await appender.append(rowsOf(features, batch.pictures, batch.pictureOf), batch.timesUs);
    shared += batch.timesUs.length - batch.pictures;
    onProgress?.(appender.rowCount, indices.length);
  };
  const underWay: Encoding[] = [];
  onProgress?.(appender.rowCount, indices.length);
  for await (const batch of readAhead(batches, batchesAhead)) {
    throwIfCancelled(signal);
    const encoding = encoder.encode(batch.pixels, batch.pictures);
    // Its failure is met when its turn comes; until then it is not unhandled.
    encoding.catch(() => undefined);
    underWay.push({ batch, encoding });
    if (underWay.length >= 2 * encoder.atOnce) await take(underWay.shift()!);
  }
  for (const each of underWay) await take(each);
  return { rows: appender.rowCount, shared };
}

/** Features `[pictures, D]` → those of the frames that show them. */
function rowsOf(features: Float32Array, pictures: number, pictureOf: Int32Array | null): Float32Array {
  if (pictureOf === null) return features;
  const dim = features.length / pictures;
  const rows = new Float32Array(pictureOf.length * dim);
  pictureOf.forEach((picture, at) => rows.set(features.subarray(picture * dim, (picture + 1) * dim), at * dim));
  return rows;
}

/** Sizes of the batches from row `from` on: the first one ends on a multiple of `size`, the last one with the video. */
function* batchSizes(from: number, total: number, size: number): Generator<number> {
  for (let row = from; row < total;) {
    const batch = Math.min(size - (row % size), total - row);
    yield batch;
    row += batch;
  }
}
