import { say, type Saying } from '#preload/domain/saying.ts';
import path from 'node:path';
import { avGetCodecName } from 'node-av/lib';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { TimeSource } from '#preload/domain/video-facts.ts';
import { durationsOverlap, isBrowserPlayable, seeksExactly } from './browser-playable.ts';
import { isGuessed } from './colour-interpretation.ts';
import { countsTimes } from './counts-times.ts';
import { checkStretches, decodeWhole } from './decode-check.ts';
import type { DecodedPictures, FirstPicture } from './decoded-pictures.ts';
import { displaySize, orientationOf } from './display-geometry.ts';
import { ticksOrNull } from './ffmpeg.ts';
import {
  assumedFps,
  frameFolderOf,
  missingPictures,
  otherSizedPictures,
  refuseEmptyPictures,
  timesInFolder,
} from './frame-folder.ts';
import { holdsAnotherMovie, videoHasEditList } from './mp4-boxes.ts';
import { storedPictures, surveyPackets } from './packet-survey.ts';
import type { PacketSurvey } from './packet-survey.ts';
import { averageFps, hasVariableFrameRate, playerTimelineOf } from './player-timeline.ts';
import type { PictureTime, PlayerTimeline } from './player-timeline.ts';
import { atRate, atTimes, bothFields, picturesIn, tableOfDecoded, tableOfStored } from './settle-frames.ts';
import type { SettledFrames } from './settle-frames.ts';
import { playerStream, videoStreams } from './player-stream.ts';
import { packReadingNotes, unpackReadingNotes } from './reading-notes.ts';
import { isWideMatrix } from './wide-colour.ts';
import { clockStartsElsewhere, openVideoFile, playerOffsetUs } from './video-file.ts';
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
  /** Where the times of the frames come from. */
  readonly times: TimeSource;
  /** Whether pictures hold two fields, half a frame apart in time. */
  readonly interlaced: boolean;
  /** Film streams of the file, in its order. */
  readonly streams: readonly {
    readonly index: number;
    readonly codec: string;
    readonly width: number;
    readonly height: number;
  }[];
  /** Index of the one that was read. */
  readonly stream: number;
  /** Packets that are damaged; those that hold no picture at all are not in the frame table. */
  readonly damagedPackets: number;
  readonly warnings: readonly Saying[];
  readonly hasAudio: boolean;
  /** Player time = container time - this. */
  readonly timelineOffsetUs: number;
  /** Whether a Chromium without hardware decoders plays the file as it is; where not, the studio plays a proxy. */
  readonly browserPlayable: boolean;
}

export interface ProbeOptions {
  readonly signal?: AbortSignal;
  /** Index of the video stream to read; by default the one that a player shows. */
  readonly stream?: number;
  /** Whether both fields of interlaced pictures become frames of their own; by default they are woven into one. */
  readonly separateFields?: boolean;
  /** Frames a second where no times are stored; by default what the file or folder says, or 25. */
  readonly fps?: number;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Reads every packet of a video once and returns its frame table with all that display needs. What the packets say is
 * checked against what decoding gives, at a few places; where the two disagree the whole video is decoded, and its
 * frames are what the decoder gives.
 * Fails with one `Failure` that names the file: `not-found`, `bad-input`, `unreadable-video`, `no-video-stream`, `cancelled`.
 */
export async function probeVideo(file: string, options: ProbeOptions = {}): Promise<VideoProbe> {
  const { stream: wantedStream = -1, signal, onProgress } = options;
  const frames = await frameFolderOf(path.resolve(file));
  if (frames) await refuseEmptyPictures(frames);
  await using video = await openVideoFile(file, wantedStream);
  const timeline = playerTimelineOf(video.format, video.video);
  const survey = await surveyPackets(video, {
    ...(signal && { signal }),
    onProgress: (share) => onProgress?.(share / 2),
  });
  const { settled: woven, decoded, beginsMidway } = await settle(video, timeline, survey, wantedStream, options);
  const missing = frames ? missingPictures(frames, picturesIn(woven.frameTable)) : [];
  const usual = missing.length > 0 ? { fps: assumedFps } : null;
  const given = options.fps === undefined ? null : { fps: options.fps };
  const times = frames && (given ?? (await timesInFolder(frames)) ?? usual);
  const timed = times ? atTimes(woven, times) : options.fps === undefined ? woven : atRate(woven, options.fps, file);
  const settled = options.separateFields && decoded.interlaced ? bothFields(timed) : timed;
  onProgress?.(1);
  const { frameTable } = settled;
  const first = decoded.first!;
  const orientation = orientationOf(video.video);
  const [width, height] = displaySize(first.width, first.height, first.sampleAspectRatio, orientation);
  const sizeChanges = decoded.sizeChanges || survey.otherSizes.length > 0;
  const otherSized =
    frames && survey.otherSizes.length > 0 ? [otherSizedPictures(frames, survey.otherSizes, first)] : [];
  const codec = avGetCodecName(video.video.codecpar.codecId) ?? 'unknown';
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
    times: settled.times,
    interlaced: decoded.interlaced,
    streams: videoStreams(video.format).map(({ index, codecpar }) => ({
      index,
      codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
      width: codecpar.width,
      height: codecpar.height,
    })),
    stream: video.video.index,
    damagedPackets: survey.damaged,
    warnings: [
      ...missing,
      ...otherSized,
      ...(sizeChanges && otherSized.length === 0 ? [sizeChangeWarning(width, height)] : []),
      ...warningsOf(survey, settled, first, video),
      ...(container.includes('mp4') && (await holdsAnotherMovie(file)) ? [anotherMovieWarning] : []),
    ],
    hasAudio: video.audio !== null,
    timelineOffsetUs: timeline.offsetUs,
    browserPlayable:
      survey.damaged === 0 &&
      isPlayersReading(video, frameTable) &&
      timeline.offsetUs === 0 &&
      !decoded.interlaced &&
      !sizeChanges &&
      !isWideMatrix(first.matrix) &&
      beginsMidway &&
      // Chromium lets the page shine through; frames are read without alpha.
      video.video.metadata?.get('alpha_mode') !== '1' &&
      isBrowserPlayable(container, codec, first.pixelFormat) &&
      seeksExactly({
        container,
        hasEditList: container.includes('mp4') && (await videoHasEditList(file)),
        firstPts: survey.packets[0]?.pts ?? 0n,
        firstDts: survey.packets[0]?.dts ?? 0n,
        keyframes: survey.entries.length,
        lastFrameStartUs: frameTable.startUs(frameTable.frameCount - 1),
        containerDurationUs: Number(video.format.duration),
        durationsOverlap: durationsOverlap(survey.packets.filter(({ shows }) => shows)),
      }),
  };
}

/** Whether the table is that of the stream that a player shows, with the times and places at which it shows it. */
const isPlayersReading = ({ format, video }: VideoFile, { readingNotes }: FrameTable): boolean =>
  video.index === playerStream(format)?.index &&
  packReadingNotes({ ...unpackReadingNotes(readingNotes), stream: -1 }) === null;

const anotherMovieWarning = say(
  'Another film follows in the file, as where two were joined byte for byte; only the first is read, as players do.',
);

const sizeChangeWarning = (width: number, height: number): Saying =>
  say('The size of the pictures changes midway; all of them are shown at the size of the first, {{size}}.', {
    size: `${width}x${height}`,
  });

/** The frames: as the packets promise, where decoding agrees; else as it gives them. */
async function settle(
  video: VideoFile,
  timeline: PlayerTimeline,
  survey: PacketSurvey,
  stream: number,
  { signal, onProgress, fps }: ProbeOptions,
): Promise<{ readonly settled: SettledFrames; readonly decoded: DecodedPictures; readonly beginsMidway: boolean }> {
  const cancelling = { ...(signal && { signal }) };
  // Of several streams the one that was chosen stays, whatever a later reader would choose.
  const noted = videoStreams(video.format).length > 1 ? video.video.index : stream;
  // At another rate than the container counts with, pictures are told by their packets, which decoding finds.
  // The pictures of a folder are told by their number.
  const isRetimed = fps !== undefined && countsTimes(video) && video.format.iformat?.name !== 'image2';
  const promised = survey.damaged > 0 || isRetimed || reordersWithoutTimes(video) ? null : storedPictures(survey);
  if (promised) {
    const { start, agree, beginsMidway } = await checkStretches(video.path, stream, promised, cancelling);
    if (agree && !(start.interlaced && hasHalfSteps(promised)))
      return { settled: tableOfStored(video, timeline, promised, start, noted), decoded: start, beginsMidway };
  }
  const decoded = await decodeWhole(video.path, stream, {
    ...cancelling,
    onProgress: (pictures) => onProgress?.(0.5 + Math.min(0.5, pictures / (2 * survey.packets.length))),
  });
  return { settled: tableOfDecoded(video, timeline, survey, decoded, noted), decoded, beginsMidway: true };
}

/**
 * Whether some pictures follow each other at half the usual distance: in interlaced video these may be the two fields of
 * one picture, stored as packets of their own here and there.
 */
function hasHalfSteps(promised: readonly PictureTime[]): boolean {
  const steps = promised.slice(1).map(({ pts }, index) => Number(pts - promised[index]!.pts));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  return steps.some((step) => step < 0.75 * usual);
}

/** Whether a container counts its pictures in stored order though the codec may show them in another one. */
function reordersWithoutTimes(video: VideoFile): boolean {
  const codec = avGetCodecName(video.video.codecpar.codecId) ?? '';
  return countsTimes(video) && !neverReorder.has(codec);
}

/** Codecs in which every picture is shown where it is stored. */
const neverReorder = new Set(
  'mjpeg mjpegb jpeg2000 jpegls png dvvideo rawvideo ffv1 huffyuv ffvhuff utvideo prores dnxhd cfhd hap v210 cinepak msvideo1 msrle qtrle'.split(
    ' ',
  ),
);

function warningsOf(
  survey: PacketSurvey,
  settled: SettledFrames,
  first: FirstPicture,
  { path: file, format, video: stream, ignoresIndex }: VideoFile,
): Saying[] {
  const { frameTable: table } = settled;
  const warnings: Saying[] = [];
  // Pictures of a folder are told by their names.
  if (survey.damaged > 0 && format.iformat?.name !== 'image2')
    warnings.push(
      say('{{packets}}; {{frames}} missing from the video.', {
        packets: say('{{count}} damaged packets', { count: survey.damaged, one: '{{count}} damaged packet' }),
        frames: say('{{count}} frames are', { count: survey.lost, one: '{{count}} frame is' }),
      }),
    );
  if (ignoresIndex) {
    const { name, ext } = path.parse(file);
    warnings.push(
      say(
        'The index of the file does not fit what the file holds, so it is not used; finding a frame takes longer. To write it anew: {{command}}',
        { command: `ffmpeg -seekable 0 -i "file:${name}${ext}" -c copy "${name}.mended${ext}"` },
      ),
    );
  }
  warnings.push(...settled.warnings);
  if (isGuessed(first))
    warnings.push(
      say(
        'Colours are shown by guess: nothing decodes what the file says of them (by ITU-T H.273: matrix {{matrix}}, transfer {{transfer}}, primaries {{primaries}}).',
        { matrix: first.matrix, transfer: first.transfer, primaries: first.primaries },
      ),
    );
  const streams = videoStreams(format);
  if (streams.length > 1) {
    const place = streams.findIndex(({ index }) => index === stream.index) + 1;
    warnings.push(
      say('The file holds {{streams}} video streams; number {{place}} of them is read.', {
        streams: streams.length,
        place,
      }),
    );
  }
  const offsetUs = playerOffsetUs(format);
  if (clockStartsElsewhere(format)) {
    const at = secondsOf(offsetUs);
    warnings.push(
      say("The file's clock starts at {{at}} s; times here count from the first picture or sound.", { at: String(at) }),
    );
  }
  if (averageFps(table) < 1 / longestUsualFrameS) {
    const lasts = Math.round(1 / averageFps(table));
    warnings.push(say('Frames last {{lasts}} s each, if the file is right; its header may be damaged.', { lasts }));
  }
  if (clockStartsElsewhere(format)) return warnings;
  const startUs = Number(ticksOrNull(format.startTime) ?? 0n);
  const statedUs = Number(ticksOrNull(format.duration) ?? 0n);
  // Some containers count their length from zero, others from the first picture; what fits either way is whole.
  const statedEndUs = statedUs + Math.min(startUs - offsetUs, 0);
  if (settled.times === 'stored' && statedEndUs - table.lastEndUs > longestSilentTailUs) {
    const said = (us: number) => ({ value: secondsOf(us), digits: 1 });
    warnings.push(
      say('The pictures end at {{ends}} s though the file says it lasts {{stated}} s; it may have been cut off.', {
        ends: said(table.lastEndUs),
        stated: said(statedEndUs),
      }),
    );
  }
  return warnings;
}

/** Time-lapse recordings keep a picture this long at most. */
const longestUsualFrameS = 60;

/** Sound and rounding may outlast the pictures by this much without a word. */
const longestSilentTailUs = 1_000_000;
