import { FrameTable } from '#preload/domain/frame-table.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying, english } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { TimeSource } from '#preload/domain/video-facts.ts';
import { countsTimes } from './counts-times.ts';
import type { DecodedPictures } from './decoded-pictures.ts';
import { ticksOrNull } from './ffmpeg.ts';
import type { FolderTimes } from './frame-folder.ts';
import type { PacketSurvey } from './packet-survey.ts';
import { placePictures } from './place-pictures.ts';
import type { PlacedPictures } from './place-pictures.ts';
import { averageFps, buildFrameTable, playerUs } from './player-timeline.ts';
import type { PictureTime, PlayerTimeline } from './player-timeline.ts';
import { packReadingNotes, plainReading, unpackReadingNotes } from './reading-notes.ts';
import type { ReadingNotes } from './reading-notes.ts';
import type { VideoFile } from './video-file.ts';

/** The frames of a video, and what to tell a person about how they were found. */
export interface SettledFrames {
  readonly frameTable: FrameTable;
  readonly times: TimeSource;
  readonly warnings: readonly Saying[];
}

/**
 * Both fields of interlaced pictures as frames of their own, the second halfway through its picture: twice the rate, for
 * motion that woven pictures blur.
 */
export function bothFields(settled: SettledFrames): SettledFrames {
  const { frameTable: table } = settled;
  const startsUs = new Float64Array(2 * table.frameCount);
  for (let picture = 0; picture < table.frameCount; picture += 1) {
    startsUs[2 * picture] = table.startUs(picture);
    startsUs[2 * picture + 1] = Math.round(table.middleUs(picture));
  }
  const notes = packReadingNotes({ ...unpackReadingNotes(table.readingNotes), fieldsPerPicture: 2 });
  return {
    ...settled,
    frameTable: new FrameTable(startsUs, table.lastEndUs, notes),
    warnings: [...settled.warnings, say('Both fields of each picture are frames of their own.')],
  };
}

/**
 * Frames of a folder at the times that the folder, or a person, gives them; pictures are then told by their number. One
 * that cannot be decoded leaves the others where they are.
 */
export function atTimes(settled: SettledFrames, times: FolderTimes): SettledFrames {
  const { frameTable: table } = settled;
  const numbers = picturesIn(table);
  const count = numbers.length;
  const startsUs = Float64Array.from(numbers, (number) =>
    'fps' in times ? Math.round((number * 1_000_000) / times.fps) : times.startsUs[number]!,
  );
  const usualUs = count > 1 ? startsUs[count - 1]! - startsUs[count - 2]! : 40_000;
  const lastUs = 'fps' in times ? 1_000_000 / times.fps : usualUs;
  const entries = Array.from(numbers, (packet, picture) => ({ packet, position: -1, dtsUs: table.startUs(picture) }));
  const notes = { ...plainReading, entries, packets: numbers };
  const timed = withNotes(new FrameTable(startsUs, startsUs[count - 1]! + Math.round(lastUs)), notes);
  return { ...settled, frameTable: timed, warnings: 'fps' in times ? [countedWarning(timed, times.fps)] : [] };
}

/** The numbers, from 0, of the stored pictures of a folder that are in its table, `[N]`. */
export const picturesIn = (table: FrameTable): Int32Array =>
  unpackReadingNotes(table.readingNotes).packets ?? Int32Array.from({ length: table.frameCount }, (_, index) => index);

/** Frames whose times were counted, at the rate that a person gives them. Fails with `bad-input` where times are stored. */
export function atRate(settled: SettledFrames, fps: number, file: string): SettledFrames {
  const { frameTable: table, times } = settled;
  if (times !== 'counted') {
    throw new Failure(
      'bad-input',
      say('{{file}} stores the times of its frames; it takes no other frame rate.', { file }),
      { file },
    );
  }
  const startsUs = Float64Array.from({ length: table.frameCount }, (_, index) => Math.round((index * 1_000_000) / fps));
  const endUs = Math.round((table.frameCount * 1_000_000) / fps);
  const timed = new FrameTable(startsUs, endUs, table.readingNotes);
  const counting = english(countedWarning(table));
  const warnings = settled.warnings.map((words) => (english(words) === counting ? countedWarning(timed) : words));
  return { ...settled, frameTable: timed, warnings };
}

/** The frames that packets promise and decoding has confirmed; `promised` ascending. */
export function tableOfStored(
  video: VideoFile,
  timeline: PlayerTimeline,
  promised: readonly PictureTime[],
  start: DecodedPictures,
  stream: number,
): SettledFrames {
  const firstPts = start.pictures[0]!.pts!;
  const pictures = promised.filter(({ pts }) => pts >= firstPts);
  const isCounted = countsTimes(video);
  const table = buildFrameTable(pictures, timeline, streamEnd(video));
  return {
    frameTable: withNotes(table, { ...plainReading, stream, codedSize: statedOtherwise(video, start) }),
    times: isCounted ? 'counted' : 'stored',
    warnings: [...leftOut(promised.length - pictures.length), ...(isCounted ? [countedWarning(table)] : [])],
  };
}

/** The frames that decoding the whole video gave. */
export function tableOfDecoded(
  video: VideoFile,
  timeline: PlayerTimeline,
  survey: PacketSurvey,
  decoded: DecodedPictures,
  stream: number,
): SettledFrames {
  const isCounted = countsTimes(video);
  const packetOf = (packet: number) => survey.packets[packet];
  const stepUs = usualStepUs(video);
  const even = isCounted ? evenEstimates(timeline, survey, decoded) : null;
  const placed = placePictures(
    decoded.pictures.map(({ packet, pts, estimate }, index) => {
      // What is stored is the packet's time; a decoder may pass on what FFmpeg worked out.
      const stored = isCounted ? null : (packetOf(packet)?.pts ?? pts);
      return {
        storedUs: stored === null ? null : playerUs(stored, timeline),
        estimatedUs: even ? even[index]! : estimate === null ? null : playerUs(estimate, timeline),
        clock: packetOf(packet)?.clock ?? 0,
      };
    }),
    stepUs,
  );
  const table = tableOf(placed, video, timeline, survey, decoded, stepUs);
  const found = {
    ...plainReading,
    stream,
    codedSize: statedOtherwise(video, decoded),
    clockShifts: survey.clockStarts.flatMap(({ position }, index) => {
      const addUs = placed.addedUs[index + 1];
      return addUs === undefined ? [] : [{ position, addUs }];
    }),
  };
  const byTime = placed.counted === 0 && placed.disordered === 0 && survey.clockStarts.length === 0;
  const byPacket = {
    ...found,
    entries: survey.entries,
    packets: Int32Array.from(decoded.pictures, ({ packet }) => packet),
  };
  return {
    frameTable: withNotes(table, byTime ? found : byPacket),
    times: placed.counted === decoded.pictures.length ? 'counted' : byTime ? 'stored' : 'mended',
    warnings: [...leftOut(decoded.unclean), ...mendings(placed, survey, decoded, table)],
  };
}

/**
 * Times of pictures in a container that counts: where every packet gave one, and none was left out between them, they
 * follow each other evenly, whatever the decoder makes of its first and last ones. Null elsewhere.
 */
function evenEstimates(
  timeline: PlayerTimeline,
  { packets }: PacketSurvey,
  { pictures }: DecodedPictures,
): readonly number[] | null {
  if (packets.length !== pictures.length || packets.length < 3) return null;
  const ticks = packets.map(({ dts }) => dts);
  const [first, second] = ticks as [bigint | null, bigint | null];
  if (first === null || second === null) return null;
  const step = second - first;
  if (step <= 0n || ticks.some((dts, index) => dts !== first + BigInt(index) * step)) return null;
  const origins = pictures.flatMap(({ estimate }, index) =>
    estimate === null ? [] : [estimate - BigInt(index) * step],
  );
  const origin = origins.toSorted((a, b) => Number(a - b))[origins.length >> 1];
  if (origin === undefined) return null;
  return pictures.map((_, index) => playerUs(origin + BigInt(index) * step, timeline));
}

function tableOf(
  { startsUs }: PlacedPictures,
  video: VideoFile,
  timeline: PlayerTimeline,
  survey: PacketSurvey,
  { pictures, interlaced }: DecodedPictures,
  stepUs: number,
): FrameTable {
  const last = survey.packets[pictures.at(-1)!.packet];
  const durationUs =
    last && last.duration > 0n
      ? playerUs(last.duration, { ...timeline, offsetUs: 0 })
      : endOfStreamUs(video, timeline) - startsUs.at(-1)!;
  // Where fields are packets of their own, the packet lasts half as long as its picture.
  const beforeUs = startsUs.at(-1)! - (startsUs.at(-2) ?? startsUs.at(-1)!);
  const isField = interlaced && durationUs < 0.75 * beforeUs;
  const ownUs = isField ? beforeUs : durationUs;
  const lastUs = ownUs > 0 && survey.clockStarts.length === 0 ? ownUs : stepUs;
  return new FrameTable(startsUs, startsUs.at(-1)! + Math.max(1, Math.round(lastUs)));
}

const withNotes = (table: FrameTable, notes: ReadingNotes): FrameTable =>
  new FrameTable(table.startsUs(), table.lastEndUs, packReadingNotes(notes));

const leftOut = (count: number): Saying[] =>
  count > 0
    ? [
        say('The first {{count}} frames need earlier ones that the file lacks; they are left out.', {
          count,
          one: 'The first frame needs earlier ones that the file lacks; it is left out.',
        }),
      ]
    : [];

function mendings(
  placed: PlacedPictures,
  survey: PacketSurvey,
  { pictures, damaged }: DecodedPictures,
  table: FrameTable,
): Saying[] {
  const told: Saying[] = [];
  if (damaged > 0)
    told.push(
      say('{{count}} frames are damaged in part.', { count: damaged, one: '{{count}} frame is damaged in part.' }),
    );
  const restarts = survey.clockStarts.length;
  if (restarts > 0)
    told.push(
      say("The file's clock starts over {{count}} times; the pictures go on without a gap there, as in players.", {
        count: restarts,
        one: "The file's clock starts over once; the pictures go on without a gap there, as in players.",
      }),
    );
  if (placed.disordered > 0)
    told.push(
      say(
        '{{count}} frames store times that contradict the order of decoding; that order holds, with the same times.',
        {
          count: placed.disordered,
          one: '{{count}} frame stores a time that contradicts the order of decoding; that order holds, with the same times.',
        },
      ),
    );
  if (placed.counted === pictures.length) told.push(countedWarning(table));
  else if (placed.counted > 0)
    told.push(
      say('{{counted}} of {{count}} frames store no time; they are placed evenly between their neighbours.', {
        counted: placed.counted,
        count: pictures.length,
      }),
    );
  return told;
}

function countedWarning(table: FrameTable, fps = countedFps(table)): Saying {
  const rate = String(Number(fps.toFixed(3)));
  const from = String(secondsOf(table.firstStartUs));
  const hasGaps = stepsUs(table).some((us) => us > 1.5 * (1_000_000 / fps));
  if (table.firstStartUs === 0)
    return hasGaps
      ? say('Times were counted, not stored: {{rate}} fps, with gaps where the file holds no picture.', { rate })
      : say('Times were counted, not stored: {{rate}} fps.', { rate });
  return hasGaps
    ? say(
        'Times were counted, not stored: {{rate}} fps, from {{from}} s on, with gaps where the file holds no picture.',
        {
          rate,
          from,
        },
      )
    : say('Times were counted, not stored: {{rate}} fps, from {{from}} s on.', { rate, from });
}

/** The rate at which most pictures follow each other; pictures that a file leaves out do not lower it. */
function countedFps(table: FrameTable): number {
  const usualUs = stepsUs(table).toSorted()[(table.frameCount - 1) >> 1];
  const average = averageFps(table);
  // Whole microseconds say less of an even rate than all of them together.
  return usualUs === undefined || Math.abs(1_000_000 / usualUs - average) < 0.01 * average
    ? average
    : 1_000_000 / usualUs;
}

const stepsUs = (table: FrameTable): Float64Array =>
  Float64Array.from({ length: table.frameCount - 1 }, (_, index) => table.startUs(index + 1) - table.startUs(index));

/** How long a picture usually lasts, in microseconds, as far as the file says; 25 fps where it does not. */
function usualStepUs({ video }: VideoFile): number {
  const rate = [video.avgFrameRate, video.rFrameRate].find(({ num, den }) => num > 0 && den > 0);
  return rate ? (1_000_000 * rate.den) / rate.num : 40_000;
}

/** The size of the first picture where the container states another one, as where sizes change midway. */
function statedOtherwise({ video }: VideoFile, { first }: DecodedPictures): readonly [number, number] {
  const { width, height } = first!;
  return video.codecpar.width === width && video.codecpar.height === height ? [0, 0] : [width, height];
}

function streamEnd({ video }: VideoFile): bigint | null {
  const duration = ticksOrNull(video.duration);
  return duration === null || duration <= 0n ? null : (ticksOrNull(video.startTime) ?? 0n) + duration;
}

function endOfStreamUs(video: VideoFile, timeline: PlayerTimeline): number {
  const end = streamEnd(video);
  return end === null ? Number.NaN : playerUs(end, timeline);
}
