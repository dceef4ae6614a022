import { rm } from 'node:fs/promises';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { openClipSound } from './clip-sound.ts';
import { writeClip, type ClipFrame } from './clip-writer.ts';
import { copyClip, type FrameSpan } from './copy-clip.ts';
import { openFrameSource, type FrameSource, type LargestSize } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';

/** A size holds for encoded clips only: what is to be smaller may not be copied. */
export interface CutOptions extends LargestSize {
  /** Whether frames may stay as they are stored where that is exact; else all are encoded alike. */
  readonly mayCopy: boolean;
  readonly signal?: AbortSignal;
  /** Called with the share of frames that are written, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** How a clip came to be. */
export interface CutReport {
  readonly how: 'copied' | 'encoded';
  /** Why it was not copied; null where it was, or was not to be. */
  readonly why: string | null;
  /** Frames lost to damage, in whose place the picture before them stays on screen. */
  readonly lostFrames: number;
}

/**
 * Cuts frames out of a film into an MP4 of their own, on the very boundaries: its frame table is that of the span, from
 * zero on, and its sound is that of the span to the sample. Copied frames are decoded once more and held against the
 * film's; where one differs, the clip is encoded. Encoded ones are upright, with square pixels. Whole or not at all.
 */
export async function cutClip(
  file: string,
  table: FrameTable,
  span: FrameSpan,
  outFile: string,
  options: CutOptions,
): Promise<CutReport> {
  const { mayCopy, signal, onProgress } = options;
  let why: string | null = null;
  if (mayCopy) {
    why = await copyClip(file, table, span, outFile, signal);
    if (why === null) {
      if (await showsTheSame(file, table, span, outFile, options)) return { how: 'copied', why: null, lostFrames: 0 };
      await rm(outFile, { force: true });
      why = 'copied frames would not look the same';
    }
  }
  await using source = await openFrameSource(file, table, options);
  const { startUs, endUs } = table.spanOfFrames(span.startFrame, span.endFrame);
  let lostFrames = 0;
  const frames = clipFrames(source, span, startUs, (exact, share) => {
    if (!exact) lostFrames += 1;
    onProgress?.(share);
  });
  await using audio = await openClipSound(file, table, { startUs, endUs }, signal);
  await writeClip(outFile, frames, { endUs: endUs - startUs, audio, ...(signal && { signal }) });
  return { how: 'encoded', why, lostFrames };
}

async function* clipFrames(
  source: FrameSource,
  span: FrameSpan,
  zeroUs: number,
  onFrame: (exact: boolean, share: number) => void,
): AsyncGenerator<ClipFrame> {
  const count = span.endFrame - span.startFrame;
  for await (const lent of source.framesAtIndices(indicesOf(span))) {
    using frame = lent;
    yield { rgb: frame.rgb, width: frame.width, height: frame.height, startUs: frame.startUs - zeroUs };
    onFrame(frame.exact, (frame.index + 1 - span.startFrame) / count);
  }
}

export function* indicesOf({ startFrame, endFrame }: FrameSpan): Generator<number> {
  for (let index = startFrame; index < endFrame; index += 1) yield index;
}

/** Whether the clip has the frame table of the span, and every frame its pixels. */
async function showsTheSame(
  file: string,
  table: FrameTable,
  span: FrameSpan,
  clip: string,
  { signal, onProgress }: CutOptions,
): Promise<boolean> {
  const { startUs } = table.spanOfFrames(span.startFrame, span.endFrame);
  const wanted = Float64Array.from(indicesOf(span), (index) => table.startUs(index) - startUs);
  const { frameTable } = await probeVideo(clip, signal ? { signal } : {});
  const starts = frameTable.startsUs();
  if (starts.length !== wanted.length || starts.some((us, index) => us !== wanted[index])) return false;
  if (frameTable.lastEndUs !== table.endUs(span.endFrame - 1) - startUs) return false;
  await using film = await openFrameSource(file, table, signal ? { signal } : {});
  await using copy = await openFrameSource(clip, frameTable, signal ? { signal } : {});
  const copies = copy.framesAtIndices(wanted.keys());
  try {
    for await (const original of film.framesAtIndices(indicesOf(span))) {
      using shown = original;
      const next = await copies.next();
      if (next.done === true) return false;
      using copied = next.value;
      const same = copied.exact && shown.exact && Buffer.compare(copied.rgb, shown.rgb) === 0;
      if (!same) return false;
      onProgress?.((copied.index + 1) / wanted.length);
    }
  } finally {
    await copies.return(undefined);
  }
  return true;
}
