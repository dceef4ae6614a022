import type { Frame } from 'node-av/lib';
import { AVSEEK_FLAG_BACKWARD, AV_PKT_FLAG_DISCARD } from 'node-av/constants';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { EntryRule } from './decode-packets.ts';
import { DecodedPictures } from './decoded-pictures.ts';
import { openVideoDecoder } from './open-decoder.ts';
import { presentationTicks } from './player-timeline.ts';
import type { PictureTime } from './player-timeline.ts';
import { openVideoFile } from './video-file.ts';
import type { VideoFile } from './video-file.ts';

/** Videos with fewer pictures are decoded whole to be checked. */
const fewPictures = 240;
/** So many pictures are decoded at the start, and in the middle; at the end, all from the last entry on, but not more. */
const startPictures = 120;
const middlePictures = 48;
const endPictures = 900;

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (decoded: number) => void;
}

/** What decoding a few stretches showed. */
export interface CheckedStretches {
  readonly start: DecodedPictures;
  /** Whether every stretch gave, one after the other, the pictures that the stored times promise. */
  readonly agree: boolean;
  /** Whether decoding can begin at a keyframe in the middle; not where the picture is refreshed bit by bit. */
  readonly beginsMidway: boolean;
}

/** Decodes the start, the middle and the end of a video against the pictures that its packets promise, ascending. */
export async function checkStretches(
  file: string,
  stream: number,
  promised: readonly PictureTime[],
  { signal }: DecodeOptions,
): Promise<CheckedStretches> {
  const whole = promised.length <= fewPictures;
  await using video = await openVideoFile(file, stream);
  using decoder = await openVideoDecoder(video);
  const start = await collect(video, decoder.frames(video.format, signal), whole ? Infinity : startPictures);
  if (!start.first) throw undecodable(file);
  const indexOf = new Map(promised.map(({ pts }, index) => [pts, index]));
  const agrees = ({ pictures }: DecodedPictures, last: boolean): boolean => {
    const from = indexOf.get(pictures[0]?.pts ?? -1n);
    if (from === undefined) return false;
    const inStep = pictures.every(({ pts }, at) => promised[from + at]?.pts === pts);
    return inStep && (!last || from + pictures.length === promised.length);
  };
  if (!agrees(start, whole)) return { start, agree: false, beginsMidway: false };
  let beginsMidway = true;
  const last = promised.length - 1;
  const glances = [0.2, 0.4, 0.6, 0.8].map((share) => [Math.floor(share * last), 1] as const);
  const stretches = [[promised.length >> 1, middlePictures] as const, [last, endPictures] as const];
  for (const [index, most] of whole ? glances : [...glances, ...stretches]) {
    if ((await video.format.seekFrame(video.video.index, promised[index]!.pts, AVSEEK_FLAG_BACKWARD)) < 0) continue;
    decoder.flush();
    const stretch = await collect(video, decoder.framesFromEntry(video.format, anyKeyframe, signal), most);
    // A seek that meets no clean place to begin says nothing of the times.
    if (stretch.pictures.length === 0) {
      beginsMidway = false;
      continue;
    }
    if (!agrees(stretch, index === last && stretch.pictures.length < most))
      return { start, agree: false, beginsMidway };
    start.interlaced ||= stretch.interlaced;
    start.sizeChanges ||= stretch.sizeChanges || stretch.first!.width !== start.first.width;
  }
  return { start, agree: true, beginsMidway };
}

/** Decodes every picture of a video, in order. */
export async function decodeWhole(file: string, stream: number, options: DecodeOptions): Promise<DecodedPictures> {
  await using video = await openVideoFile(file, stream);
  using decoder = await openVideoDecoder(video);
  const decoded = await collect(video, decoder.frames(video.format, options.signal), Infinity, options.onProgress);
  if (!decoded.first) throw undecodable(file);
  return decoded;
}

const anyKeyframe: EntryRule = {
  // A picture before an edit list's start is decoded and never shown: that it does not come says nothing.
  numberOf: (packet) => (packet.isKeyframe && !packet.hasFlags(AV_PKT_FLAG_DISCARD) ? 0 : null),
  precedes: (frame, entry) => entry.pts !== null && (presentationTicks(frame) ?? entry.pts) < entry.pts,
};

async function collect(
  video: VideoFile,
  frames: AsyncGenerator<Frame>,
  most: number,
  onProgress?: (decoded: number) => void,
): Promise<DecodedPictures> {
  const decoded = new DecodedPictures(video);
  for await (const frame of frames) {
    decoded.add(frame);
    if (decoded.pictures.length >= most) break;
    if (decoded.pictures.length % 50 === 0) onProgress?.(decoded.pictures.length);
  }
  decoded.finish();
  return decoded;
}

const undecodable = (file: string): Failure =>
  new Failure(
    'unreadable-video',
    say('{{file}} has no picture that can be decoded; it is damaged beyond use.', { file }),
    { file },
  );
