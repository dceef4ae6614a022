import type { FrameSource } from '#main/media/frame-source.ts';
import { throwIfCancelled } from '#main/media/video-file.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import type { EncodedClips } from '#native-models/video-text-model.ts';
import { readAhead } from '../encode/read-ahead.ts';
import type { ClipStore } from './clip-store.ts';
import { sampledClip, type FrameRange } from './clip-span.ts';

/** A clip encoder as this stage needs it; it computes elsewhere, so that decoding goes on meanwhile. */
export interface ClipEncoder {
  readonly preprocessing: ImagePreprocessing;
  /** T. */
  readonly frameCount: number;
  /** Clips in one call. */
  readonly batchSize: number;
  /** `pixels` `[count, T, 3, H, W]` → encoded clips. Takes the memory of `pixels`. */
  encode(pixels: Float32Array<ArrayBuffer>, count: number): Promise<EncodedClips>;
}

export interface EncodeClipsOptions {
  readonly source: Pick<FrameSource, 'framesAtIndices'>;
  readonly ranges: readonly FrameRange[];
  readonly encoder: ClipEncoder;
  readonly store: ClipStore;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Prepared pictures held at a time: overlapping stretches share them, and memory does not grow with the video. */
const framesHeld = 128;
const batchesAhead = 1;

/** Encodes the clips that the store does not have yet, in the order of time; what it has is not decoded again. */
export async function encodeClips(options: EncodeClipsOptions): Promise<{ readonly encoded: number }> {
  const { encoder, store, signal, onProgress } = options;
  const missing = (await store.missing(options.ranges)).toSorted(
    (a, b) => a.startFrame - b.startFrame || a.endFrame - b.endFrame,
  );
  let encoded = 0;
  onProgress?.(0, missing.length);
  if (missing.length === 0) return { encoded };
  for await (const { ranges, pixels } of readAhead(clipBatches(options, missing), batchesAhead)) {
    throwIfCancelled(signal);
    await store.write(ranges, await encoder.encode(pixels, ranges.length));
    encoded += ranges.length;
    onProgress?.(encoded, missing.length);
  }
  return { encoded };
}

interface ClipBatch {
  readonly ranges: readonly FrameRange[];
  /** `[ranges.length, T, 3, H, W]`. */
  readonly pixels: Float32Array<ArrayBuffer>;
}

/** Decodes the frames of neighbouring clips together, each once, and puts the clips together from them. */
async function* clipBatches(
  { source, encoder }: EncodeClipsOptions,
  ranges: readonly FrameRange[],
): AsyncGenerator<ClipBatch, void> {
  const { frameCount, batchSize } = encoder;
  const preprocessor = new ImagePreprocessor(encoder.preprocessing);
  const length = preprocessor.outputLength;
  const perGroup = Math.max(batchSize, Math.floor(framesHeld / frameCount));
  for (let first = 0; first < ranges.length; first += perGroup) {
    const group = ranges
      .slice(first, first + perGroup)
      .map((range) => ({ range, frames: sampledClip(range, frameCount) }));
    const wanted = [...new Set(group.flatMap(({ frames }) => [...frames]))].toSorted((a, b) => a - b);
    const pictures = new Map<number, Float32Array>();
    const decoded = source.framesAtIndices(wanted);
    for await (using frame of decoded) {
      const picture = new Float32Array(length);
      preprocessor.write(frame.rgb, frame.width, frame.height, picture);
      pictures.set(frame.index, picture);
    }
    for (let start = 0; start < group.length; start += batchSize) {
      const batch = group.slice(start, start + batchSize);
      const pixels = new Float32Array(batch.length * frameCount * length);
      batch.forEach(({ frames }, clip) =>
        frames.forEach((frame, at) => pixels.set(pictures.get(frame)!, (clip * frameCount + at) * length)),
      );
      yield { ranges: batch.map(({ range }) => range), pixels };
    }
  }
}
