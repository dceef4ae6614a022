import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Dictionary, FormatContext, Packet } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import {
  AVDISCARD_ALL,
  AVDISCARD_DEFAULT,
  AVFMT_FLAG_GENPTS,
  AVFMT_TS_DISCONT,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AV_DISPOSITION_ATTACHED_PIC,
} from 'node-av/constants';
import { Failure } from '#preload/domain/failure.ts';
import { reasonOf, silenceFfmpeg, ticksOrNull } from './ffmpeg.ts';

/**
 * Containers that hold recordings. FFmpeg would also open playlists (which name other files), pictures, and even plain
 * text (as terminal art); none of these is a video file, and a playlist must not reach past the file a person chose.
 */
const containers =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,gif,ivf,nut,dv,rm,wtv,gxf,mpegvideo,h264,hevc,' +
  'av1,obu,mjpeg,m4v,mp3,wav,flac,aac,aiff,w64,ac3,eac3,amr,caf,ape,tta,wv';

/** An opened container and its one video stream. Disposing frees everything FFmpeg holds for it. */
export interface VideoFile extends AsyncDisposable {
  readonly path: string;
  readonly format: FormatContext;
  readonly video: Stream;
  /** The sound that belongs to the video, where there is any. */
  readonly audio: Stream | null;
}

/**
 * Opens a video file and finds its streams.
 * Fails with `not-found`, `bad-input` (a folder), `unreadable-video` or `no-video-stream`, naming the file.
 */
export async function openVideoFile(file: string): Promise<VideoFile> {
  const container = await openContainer(file);
  const video = streamOf(container.format, AVMEDIA_TYPE_VIDEO);
  if (!video) {
    await container[Symbol.asyncDispose]();
    throw new Failure('no-video-stream', `${file} holds no video, only sound or other data; choose a video file.`, {
      file,
    });
  }
  return { ...container, video, audio: streamOf(container.format, AVMEDIA_TYPE_AUDIO) };
}

/** A container that may hold sound only; see `openVideoFile` for how it fails. */
export async function openContainer(
  file: string,
): Promise<AsyncDisposable & { readonly path: string; readonly format: FormatContext; readonly audio: Stream | null }> {
  silenceFfmpeg();
  await refuseWhatIsNoFile(file);
  const format = new FormatContext();
  format.allocContext();
  format.setFlags(AVFMT_FLAG_GENPTS);
  using options = Dictionary.fromObject({ format_whitelist: containers, protocol_whitelist: 'file' });
  // The explicit protocol keeps names such as "concat:a|b" or "http:x" what they are: names.
  const opened = await format.openInput(`file:${path.resolve(file)}`, null, options);
  if (opened < 0) {
    format.freeContext();
    throw await unreadable(file, opened);
  }
  const dispose = async (): Promise<void> => format.closeInput();
  const found = await format.findStreamInfo(null);
  if (found < 0) {
    await dispose();
    throw await unreadable(file, found);
  }
  return { path: file, format, audio: streamOf(format, AVMEDIA_TYPE_AUDIO), [Symbol.asyncDispose]: dispose };
}

function streamOf(format: FormatContext, type: typeof AVMEDIA_TYPE_VIDEO): Stream | null {
  const index = format.findBestStream(type);
  const stream = index >= 0 ? format.streams[index] : undefined;
  // A song's cover picture is stored as a video stream of one packet.
  return stream && !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) ? stream : null;
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
  if (signal?.aborted) throw new Failure('cancelled', 'Cancelled.');
}

/**
 * The container time, in microseconds, at which the player's zero lies. Browsers show MP4 and Matroska at the times the
 * container states, start offsets included; broadcast formats count from an arbitrary moment, so there every player
 * starts at the first packet.
 */
export function playerOffsetUs(format: FormatContext): number {
  const startUs = ticksOrNull(format.startTime);
  const arbitraryZero = ((format.iformat?.flags ?? 0) & AVFMT_TS_DISCONT) !== 0;
  return arbitraryZero && startUs !== null ? Number(startUs) : 0;
}

async function refuseWhatIsNoFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      throw new Failure('not-found', `${file} is not there; check the path, or relink the video if it was moved.`, {
        file,
      });
    }
    throw new Failure(
      'unreadable-video',
      `${file} cannot be opened (${error.code ?? error.message}); check its permissions.`,
      {
        file,
      },
    );
  });
  if (stats.isDirectory())
    throw new Failure('bad-input', `${file} is a folder; choose the video files inside it.`, { file });
  if (stats.size === 0) throw new Failure('unreadable-video', `${file} is empty; copy or record it again.`, { file });
}

async function unreadable(file: string, code: number): Promise<Failure> {
  const message = (await lacksItsIndex(file))
    ? `${file} has no index ("moov"), as when a recording was cut off; repair it or export it again.`
    : `${file} is not a video file that can be read (${reasonOf(code)}).`;
  return new Failure('unreadable-video', message, { file, reason: reasonOf(code) });
}

/** Whether a file starts like an MP4 or QuickTime file: if such a file does not open, its movie box is missing. */
async function lacksItsIndex(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return bytesRead === 8 && ['ftyp', 'mdat', 'wide', 'free', 'moov'].includes(buffer.toString('latin1', 4, 8));
  } finally {
    await handle.close();
  }
}
