import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { orientationOf } from './display-geometry.ts';
import { FrameReader } from './frame-reader.ts';
import { RgbConverter } from './rgb-converter.ts';
import type { RgbPicture } from './rgb-converter.ts';
import { sampleTimes } from './sample-times.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { throwIfCancelled } from './video-file.ts';

/** One frame's picture. Dispose it when done: its memory is used again, so `rgb` must not be read after that. */
export interface VideoFrame extends RgbPixels, Disposable {
  /** Index and start in the frame table. */
  readonly index: number;
  readonly startUs: number;
  /** The time that was asked for; the frame is the one on screen then. */
  readonly atUs: number;
  /** False where the frame is lost to damage, in part, or wholly, and then `rgb` is the picture that stays on screen. */
  readonly exact: boolean;
}

/**
 * Largest size of the pictures, proportions kept; smaller videos stay as they are. For people and for files only: it is
 * not how encoders resize.
 */
export interface LargestSize {
  readonly maxWidth?: number;
  readonly maxHeight?: number;
}

export interface FrameSourceOptions extends LargestSize {
  readonly signal?: AbortSignal;
  /** Whether to try a hardware decoder first; false by default. */
  readonly hardware?: boolean;
}

/** Pictures of one video, pulled one at a time: memory use does not depend on its length. One iteration at a time. */
export interface FrameSource extends AsyncDisposable {
  /** What decodes: a device's name, or null for the processor; and why a device that was asked for is not used. */
  readonly decoding: { readonly device: string | null; readonly note: string | null };
  /** Damaged packets met so far. */
  readonly damagedPackets: number;
  /**
   * Dense reading: the frames on screen at `k / fps` seconds for whole `k`, from `fromUs` (default 0) until before `toUs`
   * (default the end of the video). Everything is decoded once, in order; only sampled frames are converted.
   */
  framesAtRate(fps: number, range?: { readonly fromUs?: number; readonly toUs?: number }): AsyncGenerator<VideoFrame>;
  /** Sparse reading: the frames on screen at these times, in the order given; ascending order is the cheapest. */
  framesAt(timesUs: Iterable<number>): AsyncGenerator<VideoFrame>;
  /** Sparse reading by frame index, in the order given. */
  framesAtIndices(indices: Iterable<number>): AsyncGenerator<VideoFrame>;
}

/** Opens a video for reading pictures. `table` is the frame table that `probeVideo` made of the same file. */
export async function openFrameSource(
  path: string,
  table: FrameTable,
  options: FrameSourceOptions = {},
): Promise<FrameSource> {
  const reader = await FrameReader.open(path, table, options.hardware ?? false, options.signal);
  const { codecpar } = reader.video;
  const stated = [reader.video.sampleAspectRatio, codecpar.sampleAspectRatio].find(
    ({ num, den }) => num > 0 && den > 0,
  );
  const aspect = stated ? ([stated.num, stated.den] as const) : null;
  const { codedSize, fieldsPerPicture } = reader.notes;
  const firstSize = codedSize[0] > 0 ? codedSize : ([codecpar.width, codecpar.height] as const);
  const converter = new RgbConverter(orientationOf(reader.video), aspect, firstSize, [
    options.maxWidth ?? Number.POSITIVE_INFINITY,
    options.maxHeight ?? Number.POSITIVE_INFINITY,
  ]);
  let busy = false;

  async function* read(times: Iterable<number>): AsyncGenerator<VideoFrame> {
    if (busy)
      throw new Failure('internal', say('{{path}} is being read already; open a second frame source.', { path }));
    busy = true;
    let last: ConvertedFrame | null = null;
    try {
      const targets = Array.from(times, (atUs) => ({ atUs, index: table.frameAt(atUs) }));
      await reader.begin(targets.map(({ index }) => Math.floor(index / fieldsPerPicture)));
      for (const { atUs, index } of targets) {
        throwIfCancelled(options.signal);
        if (last === null || last.index !== index) {
          const { frame, exact } = await reader.pictureAt(Math.floor(index / fieldsPerPicture));
          const field = fieldsPerPicture === 1 ? null : index % 2 === 0 ? 'first' : 'second';
          const picture: RgbPicture = converter.convert(frame, field);
          last?.lease[Symbol.dispose]();
          last = { index, exact, ...picture };
        }
        const { width, height, exact }: ConvertedFrame = last;
        const lease = last.lease.share();
        yield {
          index,
          startUs: table.startUs(index),
          atUs,
          width,
          height,
          exact,
          rgb: lease.pixels,
          [Symbol.dispose]: lease[Symbol.dispose],
        };
      }
    } finally {
      last?.lease[Symbol.dispose]();
      busy = false;
    }
  }

  return {
    get decoding() {
      return reader.decoding;
    },
    get damagedPackets() {
      return reader.damagedPackets;
    },
    framesAtRate: (fps, { fromUs = 0, toUs = table.lastEndUs } = {}) => read(sampleTimes(fps, fromUs, toUs)),
    framesAt: read,
    framesAtIndices: (indices) => read(startsOf(indices, table)),
    async [Symbol.asyncDispose]() {
      converter[Symbol.dispose]();
      await reader[Symbol.asyncDispose]();
    },
  };
}

interface ConvertedFrame extends RgbPicture {
  readonly index: number;
  readonly exact: boolean;
}

function* startsOf(indices: Iterable<number>, table: FrameTable): Generator<number> {
  for (const index of indices) yield table.startUs(index);
}
