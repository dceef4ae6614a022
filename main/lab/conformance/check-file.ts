import { createHash } from 'node:crypto';
import { openFrameSource, type FrameSource } from '#main/media/frame-source.ts';
import { probeVideo, type VideoProbe } from '#main/media/probe-video.ts';
import { openVideoFile } from '#main/media/video-file.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { Failure } from '#preload/domain/failure.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { alignPictures } from './align-pictures.ts';
import { hasIndependentReader, readIndependently, type IndependentReading } from './independent-reader.ts';
import { signatureDistance, signatureOf, type PictureSignature } from './picture-signature.ts';
import { english } from '#preload/domain/saying.ts';

/** What a player shows of a file, in the middle of each frame. */
export interface PlayerPictures {
  readonly signatures: readonly PictureSignature[];
  readonly timesUs: readonly number[];
}

/** Asks a player for the pictures at these times; rejects where it cannot play the file. */
export type AskPlayer = (file: string, timesUs: readonly number[]) => Promise<PlayerPictures>;

export interface FileVerdict {
  readonly file: string;
  /** Why the product refuses the file, in its words; the rest is then empty. */
  readonly refusal: string | null;
  readonly container: string;
  readonly codec: string;
  readonly pixelFormat: string;
  readonly frames: number;
  /** Pictures that the independent reader decodes; null where none is installed or it reads nothing. */
  readonly referenceFrames: number | null;
  /** By index, read from start to end: pictures that are not the reference's. */
  readonly wrongPictures: number;
  /** Pictures of the reference that the product lacks, and pictures that only it has. */
  readonly lost: number;
  readonly surplus: number;
  /** Whether pictures are lost without a word about it. */
  readonly isSilent: boolean;
  /** The largest difference of a frame's time from the reference's, seconds, both counted from the first picture. */
  readonly timeOffS: number | null;
  /** Accesses at random, backwards and by time that gave another picture than reading from start to end. */
  readonly wrongAccesses: number;
  readonly accesses: number;
  /** Frames for which the player shows another picture or another time; null where it does not play the file. */
  readonly playerDiffers: number | null;
  readonly warnings: readonly string[];
  readonly seconds: number;
}

/** Whether nothing about a file is wrong; a refusal is in order where the independent reader has nothing either. */
export const isRight = (verdict: FileVerdict): boolean =>
  verdict.refusal === null
    ? verdict.wrongPictures === 0 &&
      verdict.wrongAccesses === 0 &&
      !verdict.isSilent &&
      verdict.surplus === 0 &&
      (verdict.playerDiffers ?? 0) === 0
    : verdict.referenceFrames === null;

const randomAccesses = 200;

/**
 * Holds the product's frame table and pictures of one file against an independent decoding from start to end, then its
 * own random accesses, backwards reading and reading by time against its own reading in order, and a player where it
 * plays the file. `seed` chooses the random accesses.
 */
export async function checkFile(file: string, seed: number, askPlayer: AskPlayer | null): Promise<FileVerdict> {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  try {
    const probe = await probeVideo(file);
    const reference = hasIndependentReader ? await readIndependently(file, await streamOf(file)) : null;
    const own = await readInOrder(file, probe);
    const aligned = reference && alignPictures(own.signatures, reference.signatures);
    const lost = aligned?.lost ?? 0;
    const access = await checkAccesses(file, probe, own.digests, seed);
    return {
      file,
      refusal: null,
      container: probe.container,
      codec: probe.codec,
      pixelFormat: probe.pixelFormat,
      frames: probe.frameTable.frameCount,
      referenceFrames: reference?.signatures.length ?? null,
      wrongPictures: aligned?.wrong.length ?? 0,
      lost,
      surplus: aligned?.surplus ?? 0,
      isSilent: lost > 0 && probe.warnings.length === 0,
      timeOffS: reference && aligned ? timeOff(probe, reference, aligned.expected) : null,
      ...access,
      playerDiffers:
        askPlayer !== null && probe.browserPlayable ? await checkPlayer(file, probe, own, askPlayer) : null,
      warnings: probe.warnings.map(english),
      seconds: seconds(),
    };
  } catch (error) {
    // An error that is no clear refusal is a finding like any other.
    const words = error instanceof Failure ? error.message : `crashed: ${String(error)}`;
    const reference = hasIndependentReader ? await readIndependently(file, 0).catch(() => null) : null;
    return {
      ...refused(file, words),
      referenceFrames: reference?.signatures.length ?? null,
      seconds: seconds(),
    };
  }
}

async function streamOf(file: string): Promise<number> {
  await using opened = await openVideoFile(file);
  return opened.video.index;
}

interface OwnReading {
  readonly signatures: readonly PictureSignature[];
  /** A digest of every byte of each picture. */
  readonly digests: readonly string[];
}

async function readInOrder(file: string, { frameTable }: VideoProbe): Promise<OwnReading> {
  await using source = await openFrameSource(file, frameTable);
  const signatures: PictureSignature[] = [];
  const digests: string[] = [];
  for await (const lent of source.framesAtIndices(Array(frameTable.frameCount).keys())) {
    using frame = lent;
    signatures.push(signatureOf(frame.rgb, frame.width, frame.height));
    digests.push(digestOf(frame.rgb));
  }
  return { signatures, digests };
}

const digestOf = (rgb: Uint8Array): string => createHash('sha1').update(rgb).digest('base64');

/** Random access, backwards, and by time at the first, the middle and the last microsecond of frames. */
async function checkAccesses(
  file: string,
  { frameTable }: VideoProbe,
  digests: readonly string[],
  seed: number,
): Promise<{ readonly wrongAccesses: number; readonly accesses: number }> {
  const random = seededRandom(seed);
  const any = (): number => random.below(frameTable.frameCount);
  const scattered = Array.from({ length: randomAccesses }, any);
  const backwards = Array.from(frameTable.startsUs().keys()).reverse().slice(0, 400);
  const times = Array.from({ length: Math.min(60, frameTable.frameCount) }, any).flatMap((index) => [
    frameTable.startUs(index),
    frameTable.middleUs(index),
    frameTable.endUs(index) - 1,
  ]);
  await using source = await openFrameSource(file, frameTable);
  let wrongAccesses = 0;
  const compare = async (frames: ReturnType<FrameSource['framesAt']>, expected: readonly number[]): Promise<void> => {
    let at = 0;
    for await (const lent of frames) {
      using frame = lent;
      const index = expected[at]!;
      if (frame.index !== index || digestOf(frame.rgb) !== digests[index]) wrongAccesses += 1;
      at += 1;
    }
  };
  await compare(source.framesAtIndices(scattered), scattered);
  await compare(source.framesAtIndices(backwards), backwards);
  await compare(
    source.framesAt(times),
    times.map((us) => frameTable.frameAt(us)),
  );
  // Each of these alone, as a person who opens the video there.
  for (const index of [0, Math.floor(frameTable.frameCount / 2), frameTable.frameCount - 1]) {
    await using fresh = await openFrameSource(file, frameTable);
    await compare(fresh.framesAtIndices([index]), [index]);
  }
  return { wrongAccesses, accesses: scattered.length + backwards.length + times.length + 3 };
}

function timeOff(
  { frameTable }: VideoProbe,
  { timesS }: IndependentReading,
  expected: readonly number[],
): number | null {
  const first = timesS[expected[0] ?? 0];
  if (first === undefined || Number.isNaN(first)) return null;
  return expected.reduce((most, reference, index) => {
    const theirs = timesS[reference]! - first;
    const ours = secondsOf(frameTable.startUs(index) - frameTable.firstStartUs);
    return Number.isNaN(theirs) ? most : Math.max(most, Math.abs(theirs - ours));
  }, 0);
}

/** A browser's scaling and colours differ a little from ours. */
const playerWithin = 0.35;
const playerFrames = 40;

async function checkPlayer(
  file: string,
  { frameTable }: VideoProbe,
  own: OwnReading,
  askPlayer: AskPlayer,
): Promise<number> {
  const step = Math.max(1, Math.floor(frameTable.frameCount / playerFrames));
  const indices = [...Array(Math.ceil(frameTable.frameCount / step)).keys()].map((at) => at * step);
  const shown = await askPlayer(
    file,
    indices.map((index) => frameTable.middleUs(index)),
  );
  return indices.filter(
    (index, at) =>
      signatureDistance(shown.signatures[at]!, own.signatures[index]!) > playerWithin ||
      Math.abs(shown.timesUs[at]! - frameTable.startUs(index)) > 1,
  ).length;
}

const refused = (file: string, refusal: string): FileVerdict => ({
  file,
  refusal,
  container: '',
  codec: '',
  pixelFormat: '',
  frames: 0,
  referenceFrames: null,
  wrongPictures: 0,
  lost: 0,
  surplus: 0,
  isSilent: false,
  timeOffS: null,
  wrongAccesses: 0,
  accesses: 0,
  playerDiffers: null,
  warnings: [],
  seconds: 0,
});
