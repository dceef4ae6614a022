import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Dictionary, FormatContext, InputFormat, Packet } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { AVDISCARD_ALL, AVDISCARD_DEFAULT, AVFMT_TS_DISCONT, AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { aviIndexContradicts } from './avi-index.ts';
import { mostPixels, silenceFfmpeg, ticksOrNull } from './ffmpeg.ts';
import { assumedFps, frameFolderOf } from './frame-folder.ts';
import { playerStream, videoStreams } from './player-stream.ts';
import { readableContainers, refuseWhatIsNoFile, unreadable } from './refuse-file.ts';

/** An opened container and its one video stream. Disposing frees everything FFmpeg holds for it. */
export interface VideoFile extends Container {
  readonly video: Stream;
}

/** An opened container, which may hold sound only. */
export interface Container extends AsyncDisposable {
  readonly path: string;
  readonly format: FormatContext;
  /** The sound that belongs to the video, where there is any. */
  readonly audio: Stream | null;
  /** Whether the file's index contradicts the file, so that it is read in order and cannot be sought in. */
  readonly ignoresIndex: boolean;
}

/**
 * Opens a video file and finds its streams.
 * @param stream index of the video stream; by default the one that a player shows.
 * Fails with `not-found`, `bad-input` (a folder), `unreadable-video` or `no-video-stream`, naming the file.
 */
export async function openVideoFile(file: string, stream = -1): Promise<VideoFile> {
  const container = await openContainer(file);
  const video =
    stream < 0 ? playerStream(container.format) : videoStreams(container.format).find(({ index }) => index === stream);
  if (video) return { ...container, video };
  await container[Symbol.asyncDispose]();
  throw new Failure('no-video-stream', noVideo(file, stream), { file });
}

const noVideo = (file: string, stream: number): Saying =>
  stream < 0
    ? say('{{file}} holds no video, only sound or other data; choose a video file.', { file })
    : say('{{file}} holds no video stream {{stream}}; choose a video file.', { file, stream });

/** A container that may hold sound only; see `openVideoFile` for how it fails. */
export async function openContainer(file: string): Promise<Container> {
  silenceFfmpeg();
  const frames = await frameFolderOf(path.resolve(file));
  if (!frames) await refuseWhatIsNoFile(file);
  const ignoresIndex = !frames && (await aviIndexContradicts(file));
  const format = new FormatContext();
  format.allocContext();
  using options = Dictionary.fromObject({
    protocol_whitelist: 'file',
    // FFmpeg's AVI reader heeds no `ignidx`; it leaves the index alone where it cannot seek.
    ...(ignoresIndex && { seekable: '0' }),
    ...(frames
      ? { pattern_type: 'sequence', start_number: String(frames.firstNumber), framerate: String(assumedFps) }
      : { format_whitelist: readableContainers }),
  });
  // The explicit protocol keeps names such as "concat:a|b" or "http:x" what they are: names.
  const opened = await format.openInput(
    `file:${frames?.pattern ?? path.resolve(file)}`,
    frames ? InputFormat.findInputFormat('image2') : null,
    options,
  );
  if (opened < 0) {
    format.freeContext();
    throw await unreadable(file, opened);
  }
  const dispose = async (): Promise<void> => format.closeInput();
  const huge = format.streams.find(({ codecpar: { width, height } }) => width * height > mostPixels);
  if (huge) {
    const { width, height } = huge.codecpar;
    await dispose();
    throw new Failure(
      'unreadable-video',
      say(
        '{{file}} claims pictures of {{width}}x{{height}}, more than the {{mostPixels}} pixels that are read; scale it down.',
        { file, width, height, mostPixels },
      ),
      { file, width, height },
    );
  }
  const found = await format.findStreamInfo(null);
  if (found < 0) {
    await dispose();
    throw await unreadable(file, found);
  }
  return { path: file, format, audio: soundOf(format), ignoresIndex, [Symbol.asyncDispose]: dispose };
}

function soundOf(format: FormatContext): Stream | null {
  const index = format.findBestStream(AVMEDIA_TYPE_AUDIO);
  return index >= 0 ? (format.streams[index] ?? null) : null;
}

/**
 * Every packet of one stream from where the container stands, in stored order. The packet is lent: it is valid until the
 * next one is asked for. Ends at the end of the file or at the first place that cannot be read any further.
 *
 * FFmpeg is called on this thread: a packet takes microseconds, and a trip to another thread takes longer than that,
 * much longer on a busy machine. Other work of the thread gets its turn every few milliseconds.
 */
export async function* readPackets(
  format: FormatContext,
  stream: Stream,
  signal?: AbortSignal,
): AsyncGenerator<Packet> {
  for (const other of format.streams) other.discard = other.index === stream.index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  using packet = new Packet();
  packet.alloc();
  throwIfCancelled(signal);
  let turnBegan = performance.now();
  while (format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === stream.index) yield packet;
    packet.unref();
    if (performance.now() - turnBegan < longestTurnMs) continue;
    await setImmediate();
    throwIfCancelled(signal);
    turnBegan = performance.now();
  }
}

const longestTurnMs = 8;

/** Throws `cancelled` where the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure('cancelled', say('Cancelled.'));
}

/**
 * The container time, in microseconds, at which the player's zero lies. Browsers show MP4 and Matroska at the times the
 * container states, start offsets included; broadcast formats count from an arbitrary moment, so there every player
 * starts at the first packet. So does a clock that begins far from zero (a recorder's time of day, seconds since 1970).
 */
export function playerOffsetUs(format: FormatContext): number {
  const arbitraryZero = ((format.iformat?.flags ?? 0) & AVFMT_TS_DISCONT) !== 0;
  return arbitraryZero || clockStartsElsewhere(format) ? startUsOf(format) : 0;
}

/** Whether a clock that is meant to start at zero starts more than a minute from it. */
export const clockStartsElsewhere = (format: FormatContext): boolean =>
  ((format.iformat?.flags ?? 0) & AVFMT_TS_DISCONT) === 0 && Math.abs(startUsOf(format)) > farFromZeroUs;

const startUsOf = (format: FormatContext): number => Number(ticksOrNull(format.startTime) ?? 0n);

const farFromZeroUs = 60_000_000;
