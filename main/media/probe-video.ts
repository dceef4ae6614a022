import type { Frame } from 'node-av/lib';
import { avGetCodecName, avGetPixFmtName } from 'node-av/lib';
import { AV_PKT_FLAG_CORRUPT, AV_PKT_FLAG_DISCARD } from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { Failure } from '#preload/domain/failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { isBrowserPlayable, seeksExactly } from './browser-playable.ts';
import { PacketDecoder, packetInspector } from './decode-packets.ts';
import { displaySize, orientationOf } from './display-geometry.ts';
import { ticksOrNull } from './ffmpeg.ts';
import { videoHasEditList } from './mp4-edit-list.ts';
import { averageFps, buildFrameTable, hasVariableFrameRate, playerTimelineOf } from './player-timeline.ts';
import type { PictureTime } from './player-timeline.ts';
import { presentationTicks } from './presentation-order.ts';
import { openVideoFile, playerOffsetUs, readPackets } from './video-file.ts';
import type { VideoFile } from './video-file.ts';

/** What importing learns about a video file. */
export interface VideoProbe {
  /** FFmpeg's name of the codec, such as `h264`. */
  readonly codec: string;
  /** FFmpeg's name of the container format, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** FFmpeg's name of the pixel format, such as `yuv420p`. */
  readonly pixelFormat: string;
  /** As displayed: upright, square pixels. */
  readonly width: number;
  readonly height: number;
  /** As stored. */
  readonly codedWidth: number;
  readonly codedHeight: number;
  /** Degrees counter-clockwise that the stored picture is turned for display, in (-180, 180]; -90 is a quarter turn clockwise. */
  readonly rotation: number;
  readonly sampleAspectRatio: readonly [number, number];
  readonly frameTable: FrameTable;
  readonly averageFps: number;
  readonly variableFrameRate: boolean;
  /** Packets that are damaged; those that hold no picture at all are not in the frame table. */
  readonly damagedPackets: number;
  readonly warnings: readonly string[];
  readonly hasAudio: boolean;
  /** Player time = container time - this. */
  readonly timelineOffsetUs: number;
  /** Whether a Chromium without hardware decoders plays the file as it is; where not, the studio plays a proxy. */
  readonly browserPlayable: boolean;
}

export interface ProbeOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the file that was read, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Reads every packet of a video once and returns its frame table with all that display needs.
 * Fails with one `Failure` that names the file: `not-found`, `bad-input`, `unreadable-video`, `no-video-stream`, `cancelled`.
 */
export async function probeVideo(file: string, options: ProbeOptions = {}): Promise<VideoProbe> {
  await using video = await openVideoFile(file);
  const timeline = playerTimelineOf(video.format, video.video);
  const packets = await surveyPackets(video, options);
  const first = await decodeFirstPicture(file, options.signal);
  const pictures = packets.pictures.filter(({ pts }) => pts >= first.pts);
  const parameters = video.video.codecpar;
  const frameTable = buildFrameTable(pictures, timeline, streamEnd(video));
  const orientation = orientationOf(video.video);
  const [width, height] = displaySize(first.width, first.height, first.sampleAspectRatio, orientation);
  const codec = avGetCodecName(parameters.codecId) ?? 'unknown';
  const container = video.format.iformat?.name ?? 'unknown';
  return {
    codec,
    container,
    pixelFormat: first.pixelFormat,
    width,
    height,
    codedWidth: first.width,
    codedHeight: first.height,
    rotation: orientation.rotation,
    sampleAspectRatio: first.sampleAspectRatio,
    frameTable,
    averageFps: averageFps(frameTable),
    variableFrameRate: hasVariableFrameRate(frameTable, timeline.timeBase),
    damagedPackets: packets.damaged,
    warnings: warningsOf(packets, packets.pictures.length - pictures.length, frameTable, video),
    hasAudio: video.audio !== null,
    timelineOffsetUs: timeline.offsetUs,
    browserPlayable:
      packets.damaged === 0 &&
      isBrowserPlayable(container, codec, first.pixelFormat) &&
      seeksExactly({
        container,
        hasEditList: container.includes('mp4') && (await videoHasEditList(file)),
        firstPts: packets.firstPts,
        firstDts: packets.firstDts,
        keyframes: packets.keyframes,
        lastFrameStartUs: frameTable.startUs(frameTable.frameCount - 1),
        containerDurationUs: Number(video.format.duration),
      }),
  };
}

interface PacketSurvey {
  readonly pictures: readonly PictureTime[];
  readonly damaged: number;
  /** Damaged packets in which there is no picture at all. */
  readonly lost: number;
  readonly keyframes: number;
  /** Of the first packet, in ticks. */
  readonly firstPts: bigint;
  readonly firstDts: bigint;
}

async function surveyPackets(video: VideoFile, { signal, onProgress }: ProbeOptions): Promise<PacketSurvey> {
  const inspector = packetInspector(video.video);
  const size = Number((await video.format.pb?.size()) ?? 0n);
  const pictures: PictureTime[] = [];
  let damaged = 0;
  let lost = 0;
  let keyframes = 0;
  let firstPts = 0n;
  let firstDts = 0n;
  let read = 0;
  for await (const packet of readPackets(video.format, video.video, signal)) {
    if (read === 0) [firstPts, firstDts] = [packet.pts, packet.dts];
    read += 1;
    if (packet.isKeyframe) keyframes += 1;
    if (onProgress && size > 0 && read % 500 === 0) onProgress(Math.min(1, Math.max(0, Number(packet.pos) / size)));
    if (packet.size === 0 || packet.hasFlags(AV_PKT_FLAG_DISCARD)) continue;
    const intact = inspector.isIntact(packet);
    if (!intact || packet.hasFlags(AV_PKT_FLAG_CORRUPT)) damaged += 1;
    const pts = ticksOrNull(packet.pts) ?? ticksOrNull(packet.dts);
    if (!intact || pts === null) lost += 1;
    else pictures.push({ pts, duration: packet.duration });
  }
  onProgress?.(1);
  return { pictures, damaged, lost, keyframes, firstPts, firstDts };
}

interface FirstPicture {
  readonly pts: bigint;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly sampleAspectRatio: readonly [number, number];
}

/**
 * Decodes until the first picture comes out. Pictures stored before it cannot be decoded (their references were cut
 * away), and only a decoded picture says for certain what size and format the others have.
 */
async function decodeFirstPicture(file: string, signal: AbortSignal | undefined): Promise<FirstPicture> {
  await using video = await openVideoFile(file);
  using decoder = await PacketDecoder.open(video.video, false);
  if (!decoder) {
    const codec = avGetCodecName(video.video.codecpar.codecId) ?? 'unknown';
    throw new Failure(
      'unreadable-video',
      `${file} uses the codec ${codec}, which cannot be decoded; convert it to H.264.`,
      { file, codec },
    );
  }
  for await (const frame of decoder.frames(video.format, signal)) return firstPictureOf(frame, video);
  throw new Failure('unreadable-video', `${file} has no picture that can be decoded; it is damaged beyond use.`, {
    file,
  });
}

function firstPictureOf(frame: Frame, video: VideoFile): FirstPicture {
  // The container's word goes before the codec's, as in browsers.
  const aspect = [video.video.sampleAspectRatio, frame.sampleAspectRatio].find(({ num, den }) => num > 0 && den > 0);
  return {
    pts: presentationTicks(frame),
    width: frame.width,
    height: frame.height,
    pixelFormat: avGetPixFmtName(frame.format as AVPixelFormat) ?? 'unknown',
    sampleAspectRatio: aspect ? [aspect.num, aspect.den] : [1, 1],
  };
}

function streamEnd({ video }: VideoFile): bigint | null {
  const duration = ticksOrNull(video.duration);
  return duration === null || duration <= 0n ? null : (ticksOrNull(video.startTime) ?? 0n) + duration;
}

function warningsOf(packets: PacketSurvey, undecodable: number, table: FrameTable, { format }: VideoFile): string[] {
  const warnings: string[] = [];
  if (packets.damaged > 0)
    warnings.push(`${packets.damaged} damaged packets; ${packets.lost} frames are missing from the video.`);
  if (undecodable > 0)
    warnings.push(`The first ${undecodable} frames need earlier ones that the file lacks; they are left out.`);
  const statedEndUs =
    Number((ticksOrNull(format.startTime) ?? 0n) + (ticksOrNull(format.duration) ?? 0n)) - playerOffsetUs(format);
  if (statedEndUs - table.lastEndUs > longestSilentTailUs) {
    const [ends, stated] = [secondsOf(table.lastEndUs), secondsOf(statedEndUs)].map((seconds) => seconds.toFixed(1));
    warnings.push(`The pictures end at ${ends} s though the file says it lasts ${stated} s; it may have been cut off.`);
  }
  return warnings;
}

/** Sound and rounding may outlast the pictures by this much without a word. */
const longestSilentTailUs = 1_000_000;
