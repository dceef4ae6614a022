import type { FrameTable } from '#preload/domain/frame-table.ts';
import { openAudioTrack } from './audio-track.ts';
import { writeClip } from './clip-writer.ts';
import type { ClipFrame } from './clip-writer.ts';
import { openContainer } from './video-file.ts';
import { openFrameSource } from './frame-source.ts';
import { unpackReadingNotes } from './reading-notes.ts';
import type { FrameSource } from './frame-source.ts';

export interface ProxyOptions {
  readonly signal?: AbortSignal;
  /** Called with the share of frames that are written, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
  /** Largest width; 1280 by default. */
  readonly maxWidth?: number;
}

/** What became of a video on its way into a proxy. */
export interface ProxyReport {
  /** Frames lost to damage, in whose place the picture before them stays on screen. */
  readonly lostFrames: number;
  readonly damagedPackets: number;
  readonly hasAudio: boolean;
}

/**
 * Writes a copy that every browser plays: H.264 and AAC in MP4, upright, square pixels, a keyframe every few frames so
 * that stepping is quick, and exactly the frame table of the original. Where the copy fails or is cancelled, no file is
 * left behind.
 */
export async function makeProxy(
  file: string,
  table: FrameTable,
  outFile: string,
  { signal, onProgress, maxWidth = 1280 }: ProxyOptions = {},
): Promise<ProxyReport> {
  await using source = await openFrameSource(file, table, { maxWidth, ...(signal && { signal }) });
  const hasAudio = await holdsSound(file);
  // Chromium takes the span from the first start of any track to the last end for the duration, and seeks no further; so
  // pictures that begin late need a track beside them that begins at zero.
  const needsAudio = hasAudio || table.firstStartUs > 0;
  // Not up to the end: a last frame that is hours away would be hours of silence to write.
  const untilUs = Math.min(table.lastEndUs, table.firstStartUs + leastSoundUs);
  const range = { fromUs: 0, untilUs, lastUs: table.lastEndUs };
  const { clockShifts } = unpackReadingNotes(table.readingNotes);
  await using audio = needsAudio ? await openAudioTrack(file, range, { clockShifts, ...(signal && { signal }) }) : null;
  let lostFrames = 0;
  const frames = proxyFrames(source, table, (exact, share) => {
    if (!exact) lostFrames += 1;
    onProgress?.(share);
  });
  await writeClip(outFile, frames, {
    endUs: table.lastEndUs,
    gop: 12,
    crf: 20,
    preset: 'superfast',
    audio,
    ...(signal && { signal }),
  });
  return { lostFrames, damagedPackets: source.damagedPackets, hasAudio };
}

/** An encoder of sound needs some. */
const leastSoundUs = 1_000_000;

async function* proxyFrames(
  source: FrameSource,
  table: FrameTable,
  onFrame: (exact: boolean, share: number) => void,
): AsyncGenerator<ClipFrame> {
  for await (const lent of source.framesAtIndices(allIndices(table))) {
    using frame = lent;
    yield frame;
    onFrame(frame.exact, (frame.index + 1) / table.frameCount);
  }
}

function* allIndices(table: FrameTable): Generator<number> {
  for (let index = 0; index < table.frameCount; index += 1) yield index;
}

async function holdsSound(file: string): Promise<boolean> {
  await using container = await openContainer(file);
  return container.audio !== null;
}
