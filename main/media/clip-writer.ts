import { mkdir, rename, rm } from 'node:fs/promises';
import { say } from '#preload/domain/saying.ts';
import path from 'node:path';
import { Dictionary, FormatContext } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import type { AudioTrack } from './audio-track.ts';
import { fileFailure } from '#main/failures/file-failure.ts';
import { expectOk, silenceFfmpeg } from './ffmpeg.ts';
import { H264Encoder } from './h264-encoder.ts';
import type { H264Options } from './h264-encoder.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { throwIfCancelled } from './video-file.ts';

/** A picture to write, and when it appears, in whole microseconds. */
export interface ClipFrame extends RgbPixels {
  readonly startUs: number;
}

export interface ClipOptions extends H264Options {
  /** End of the last frame; by default it lasts as long as the one before it. */
  readonly endUs?: number;
  /** Clockwise quarter turns that a player applies to the stored picture. */
  readonly quarterTurns?: 0 | 1 | 2 | 3;
  /** Sound to carry along. */
  readonly audio?: AudioTrack | null;
  /** Further options of FFmpeg's MP4 muxer. */
  readonly muxer?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const elsewhere = say('choose a folder of your own');

/**
 * Writes an H.264 MP4 whose frames appear at exactly the times given, evenly spaced or not, starting anywhere. The file
 * appears under its name only when it is complete; on failure or cancelling nothing is left behind. Fails with
 * `disk-full`, `forbidden`, `read-only` or `cancelled`, or as `frames` fails.
 */
export async function writeClip(
  file: string,
  frames: AsyncIterable<ClipFrame>,
  options: ClipOptions = {},
): Promise<void> {
  silenceFfmpeg();
  await writeWhole(file, (unfinished) => writeUnfinished(unfinished, frames, options));
}

/**
 * Writes a film under another name, and gives it its own once it is complete; on failure nothing is left behind. Fails
 * with `disk-full`, `forbidden` or `read-only`, or as `write` fails.
 */
export async function writeWhole(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${path.resolve(file)}.${process.pid}.partial`;
  try {
    await mkdir(path.dirname(unfinished), { recursive: true });
    await write(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    throw fileFailure(error, file, { forbidden: elsewhere, 'read-only': elsewhere }) ?? error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writeUnfinished(file: string, frames: AsyncIterable<ClipFrame>, options: ClipOptions): Promise<void> {
  const format = new FormatContext();
  expectOk(format.allocOutputContext2(null, 'mp4', file), 'preparing the MP4 file');
  let encoder: H264Encoder | null = null;
  try {
    for await (const [frame, endUs] of withEnds(frames, options.endUs)) {
      throwIfCancelled(options.signal);
      encoder ??= await startClip(format, file, frame, options);
      await encoder.encode(frame.rgb, frame.startUs, endUs);
      await options.audio?.writeUntil(endUs);
    }
    if (!encoder) throw new RangeError('a clip needs at least one frame');
    await encoder.finish();
    await options.audio?.finish();
    expectOk(await format.writeTrailer(), 'finishing the MP4 file');
  } finally {
    encoder?.[Symbol.dispose]();
    await format.closeOutput();
    format.freeContext();
  }
}

async function startClip(
  format: FormatContext,
  file: string,
  first: ClipFrame,
  options: ClipOptions,
): Promise<H264Encoder> {
  const encoder = await H264Encoder.open(first.width, first.height, options);
  const stream = format.newStream(null);
  encoder.describe(stream);
  if (options.quarterTurns) addDisplayMatrix(stream, options.quarterTurns);
  options.audio?.attach(format);
  format.url = `file:${file}`;
  expectOk(await format.openOutput(), `creating ${file}`);
  // Ticks of a microsecond everywhere keep every frame time, and the start offset in the edit list, exact.
  using muxer = Dictionary.fromObject({ movflags: '+faststart', movie_timescale: '1000000', ...options.muxer });
  expectOk(await format.writeHeader(muxer), 'writing the MP4 header');
  encoder.sendTo(format, stream);
  return encoder;
}

/** Pairs each frame with its end: the start of the next one, or for the last one `endUs`. */
async function* withEnds(
  frames: AsyncIterable<ClipFrame>,
  endUs: number | undefined,
): AsyncGenerator<readonly [ClipFrame, number]> {
  let waiting: ClipFrame | null = null;
  let lastDuration = 40_000;
  for await (const frame of frames) {
    if (waiting) {
      lastDuration = frame.startUs - waiting.startUs;
      yield [waiting, frame.startUs];
    }
    // The caller may use the memory again for its next frame.
    waiting = { ...frame, rgb: frame.rgb.slice() };
  }
  if (waiting) yield [waiting, endUs ?? waiting.startUs + lastDuration];
}

function addDisplayMatrix(stream: Stream, quarterTurns: 1 | 2 | 3): void {
  const [a, b, c, d] = { 1: [0, 1, -1, 0], 2: [-1, 0, 0, -1], 3: [0, -1, 1, 0] }[quarterTurns] as [
    number,
    number,
    number,
    number,
  ];
  const matrix = Buffer.alloc(36);
  [a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30].forEach((value, cell) =>
    matrix.writeInt32LE(value, cell * 4),
  );
  expectOk(stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix), 'stating the rotation');
}
