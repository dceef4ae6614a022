import { openFrameSource } from '#main/media/frame-source.ts';
import { sampledFrames } from '#main/pipeline/encode/sampled-frames.ts';
import { StillFrames } from '#main/pipeline/encode/still-frames.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { IndexedMedia } from '../vocabulary.ts';

/** Frames of a trial: enough that one in twenty can be told. */
const frameCount = 64;
/** As features usually are sampled, so that neighbours differ as much as they will. */
const samplingFps = 4;

/** Frames that follow each other in one video. */
export interface Stretch {
  /** Rows `[start, start + timesUs.length)` of the trial's frames are its. */
  readonly start: number;
  readonly timesUs: Float64Array;
  readonly endUs: number;
}

/** Frames as a model takes them. */
export interface PlanFrames {
  /** `[count, 3, H, W]`. */
  readonly pixels: Float32Array;
  readonly count: number;
  readonly stretches: readonly Stretch[];
  /** `[count]`: the frame whose features each would have if still frames shared them; itself, where it moves. */
  readonly sharedWith: Int32Array;
}

/** A stretch from the middle of each video. */
export async function planFrames(
  videos: readonly IndexedMedia[],
  preprocessing: ImagePreprocessing,
  signal: AbortSignal,
): Promise<PlanFrames> {
  const preprocessor = new ImagePreprocessor(preprocessing);
  const length = preprocessor.outputLength;
  const perVideo = Math.ceil(frameCount / videos.length);
  const pixels = new Float32Array(perVideo * videos.length * length);
  const sharedWith: number[] = [];
  const stretches: Stretch[] = [];
  for (const media of videos) {
    const table = FrameTable.fromArray(media.frames);
    const indices = middleOf(sampledFrames(table, samplingFps), perVideo);
    const still = new StillFrames();
    const start = sharedWith.length;
    const timesUs: number[] = [];
    let kept = start;
    await using source = await openFrameSource(media.path, table, { signal });
    for await (const frame of source.framesAtIndices(indices)) {
      using picture = frame;
      const row = sharedWith.length;
      preprocessor.write(picture.rgb, picture.width, picture.height, pixels, row * length);
      if (!still.isStill(picture)) {
        still.keep();
        kept = row;
      }
      sharedWith.push(kept);
      timesUs.push(picture.startUs);
    }
    stretches.push({ start, timesUs: Float64Array.from(timesUs), endUs: table.endUs(indices.at(-1)!) });
  }
  const count = sharedWith.length;
  return { pixels: pixels.subarray(0, count * length), count, stretches, sharedWith: Int32Array.from(sharedWith) };
}

function middleOf(indices: Int32Array, count: number): Int32Array {
  const from = Math.max(0, (indices.length - count) >> 1);
  return indices.subarray(from, from + count);
}
