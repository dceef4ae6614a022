import { Dictionary, FormatContext, Rational } from 'node-av/lib';
import type { Packet, Stream } from 'node-av/lib';
import {
  AVSEEK_FLAG_BACKWARD,
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_MPEG4,
  AV_CODEC_ID_VP9,
} from 'node-av/constants';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { openClipSound } from './clip-sound.ts';
import { writeWhole } from './clip-writer.ts';
import { expectOk, FfmpegError, ticksOfMicroseconds, ticksOrNull } from './ffmpeg.ts';
import { pictureFinder } from './picture-finder.ts';
import { playerTimelineOf, playerUs } from './player-timeline.ts';
import { unpackReadingNotes } from './reading-notes.ts';
import { openVideoFile, readPackets, throwIfCancelled } from './video-file.ts';

/** Half-open frame indices of a frame table. */
export interface FrameSpan {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Codecs that readers of MP4 expect in it. */
const codecsOfMp4 = new Set<number>([
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_VP9,
  AV_CODEC_ID_MPEG4,
]);

/** Why frames cannot be copied as they are stored; what must be encoded instead. */
class NotCopyable extends Error {}

/**
 * Writes these frames as they are stored into an MP4 of their own that begins at zero, their sound as AAC; null. Where
 * they cannot stand alone it writes nothing and answers why: decoding must begin with the first of them, and none may
 * need a picture outside. Fails as writing does.
 */
export async function copyClip(
  file: string,
  table: FrameTable,
  span: FrameSpan,
  outFile: string,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    await writeWhole(outFile, (unfinished) => copyInto(unfinished, file, table, span, signal));
    return null;
  } catch (error) {
    if (error instanceof NotCopyable) return error.message;
    if (error instanceof FfmpegError && error.code === null) return 'its container cannot be MP4';
    throw error;
  }
}

async function copyInto(
  unfinished: string,
  file: string,
  table: FrameTable,
  span: FrameSpan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const notes = unpackReadingNotes(table.readingNotes);
  await using source = await openVideoFile(file, notes.stream);
  const { video, format } = source;
  if (!codecsOfMp4.has(video.codecpar.codecId)) throw new NotCopyable('its codec is none of MP4');
  if (notes.packets !== null || notes.fieldsPerPicture !== 1 || notes.clockShifts.length > 0 || source.ignoresIndex)
    throw new NotCopyable('the file does not say the times of its frames plainly');
  const timeline = playerTimelineOf(format, video);
  const { startUs, endUs } = table.spanOfFrames(span.startFrame, span.endFrame);
  const ticks = ticksOfMicroseconds(startUs + timeline.offsetUs, video.timeBase);
  expectOk(await format.seekFrame(video.index, ticks, AVSEEK_FLAG_BACKWARD), 'seeking');
  const finder = pictureFinder(source, table, notes);
  await using sound = await openClipSound(file, table, { startUs, endUs }, signal);
  const out = new FormatContext();
  expectOk(out.allocOutputContext2(null, 'mp4', unfinished), 'preparing the MP4 file');
  try {
    const stream = streamLike(out, video);
    sound?.attach(out);
    out.url = `file:${unfinished}`;
    expectOk(await out.openOutput(), `creating ${unfinished}`);
    using muxer = Dictionary.fromObject({ movflags: '+faststart', movie_timescale: '1000000' });
    expectOk(await out.writeHeader(muxer), 'writing the MP4 header');
    let left = span.endFrame - span.startFrame;
    let number = -1;
    let lastDts = Number.NEGATIVE_INFINITY;
    let afterLastUs: number | null = null;
    for await (const packet of readPackets(format, video, signal)) {
      number += 1;
      const frame = finder.pictureOfPacket(packet.pts, number);
      if (lastDts === Number.NEGATIVE_INFINITY) {
        if (frame !== span.startFrame) {
          if (frame > span.startFrame) throw new NotCopyable('it begins between keyframes');
          continue;
        }
        if (!packet.isKeyframe) throw new NotCopyable('it begins between keyframes');
      }
      // Pictures shown before the keyframe that they follow belong to what lies before it.
      if (frame >= 0 && frame < span.startFrame) continue;
      if (frame < 0 || frame >= span.endFrame) throw new NotCopyable('it needs pictures that lie outside of it');
      const dts = ticksOrNull(packet.dts);
      // MP4 stores a length as the gap to the next packet; that of the last frame is the end of the clip.
      const dtsUs: number = dts === null ? Number.NaN : (afterLastUs ?? playerUs(dts, timeline) - startUs);
      const frameUs = table.startUs(frame);
      afterLastUs = frame === span.endFrame - 1 ? dtsUs + endUs - frameUs : null;
      if (!(dtsUs > lastDts && dtsUs <= frameUs - startUs))
        throw new NotCopyable('the file does not say in which order to decode');
      lastDts = dtsUs;
      stamp(packet, stream, { ptsUs: frameUs - startUs, dtsUs, lengthUs: table.endUs(frame) - frameUs });
      expectOk(await out.interleavedWriteFrame(packet), 'writing the MP4 file');
      await sound?.writeUntil(dtsUs);
      left -= 1;
      if (left === 0) break;
    }
    if (left > 0) throw new NotCopyable('pictures of it are missing');
    throwIfCancelled(signal);
    await sound?.finish();
    expectOk(await out.writeTrailer(), 'finishing the MP4 file');
  } finally {
    await out.closeOutput();
    out.freeContext();
  }
}

/** A stream for the same packets, in ticks of a microsecond. */
function streamLike(out: FormatContext, video: Stream): Stream {
  const stream = out.newStream(null);
  expectOk(video.codecpar.copy(stream.codecpar), 'describing the stream');
  stream.codecpar.codecTag = 0;
  stream.timeBase = new Rational(1, 1_000_000);
  stream.sampleAspectRatio = video.sampleAspectRatio;
  return stream;
}

function stamp(
  packet: Packet,
  stream: Stream,
  { ptsUs, dtsUs, lengthUs }: { readonly ptsUs: number; readonly dtsUs: number; readonly lengthUs: number },
): void {
  const ticksOf = (us: number): bigint => ticksOfMicroseconds(us, stream.timeBase);
  packet.streamIndex = stream.index;
  packet.pts = ticksOf(ptsUs);
  packet.dts = ticksOf(dtsUs);
  packet.duration = ticksOf(lengthUs);
}
