import { avGetCodecName } from 'node-av/lib';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { PacketDecoder } from './decode-packets.ts';
import { FfmpegError } from './ffmpeg.ts';
import type { VideoFile } from './video-file.ts';

export interface OpenDecoderOptions {
  /** Whether to look for a device that decodes. */
  readonly hardware?: boolean;
  /** Where to note damaged packets, so that one found twice counts once. */
  readonly damaged?: Set<bigint>;
}

/** The decoder of a file's video. Fails with `unreadable-video`, naming the file, where FFmpeg cannot decode it. */
export async function openVideoDecoder(
  { path, video }: VideoFile,
  { hardware = false, damaged }: OpenDecoderOptions = {},
): Promise<PacketDecoder> {
  const codec = avGetCodecName(video.codecpar.codecId) ?? 'unknown';
  const refused = (reason: Saying): Failure => new Failure('unreadable-video', reason, { file: path, codec });
  try {
    const decoder = await PacketDecoder.open(video, hardware, damaged);
    if (decoder) return decoder;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    throw refused(
      say('{{path}} begins with {{codec}} headers that make no sense; it is damaged: record or export it again.', {
        path,
        codec,
      }),
    );
  }
  throw refused(
    say('{{path}} uses the codec {{codec}}, which cannot be decoded; convert it to H.264.', { path, codec }),
  );
}
