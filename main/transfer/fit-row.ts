import type { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import type { ImportedSegment, SaidFrames, SaidSeconds } from './annotation-set.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** Where a row's segment lies in its video. */
export interface Fit {
  /** On frame boundaries. */
  readonly span: { readonly startUs: number; readonly endUs: number };
  /** Whether it reached over an edge of the video and was cut there. */
  readonly isCut: boolean;
}

/** What reaches further over an edge than this was not meant to end with the video. */
const roundingUs = 1000;

/**
 * Null where nothing of a segment lies in the video.
 * @param playedUs what the file counts before the video starts
 */
export const fitSegment = (segment: ImportedSegment, frames: FrameTable, playedUs = 0): Fit | null =>
  'startS' in segment ? fitTimes(segment, frames, playedUs) : fitFrames(segment, frames);

function fitTimes({ startS, endS }: SaidSeconds, frames: FrameTable, playedUs: number): Fit | null {
  const [startUs, endUs] = [microsecondsOf(startS) - playedUs, microsecondsOf(endS) - playedUs];
  if (startUs >= frames.lastEndUs || endUs <= frames.firstStartUs) return null;
  const isCut = startUs < Math.min(0, frames.firstStartUs) - roundingUs || endUs > frames.lastEndUs + roundingUs;
  return { span: frames.snapSpan({ startUs, endUs }), isCut };
}

function fitFrames({ startFrame, endFrame }: SaidFrames, frames: FrameTable): Fit | null {
  if (startFrame >= frames.frameCount || endFrame <= 0) return null;
  const isCut = startFrame < 0 || (endFrame > frames.frameCount && endFrame !== Infinity);
  return { span: frames.spanOfFrames(startFrame, endFrame), isCut };
}

/** A segment's time in the file's own words. */
export const saidSpan = (segment: ImportedSegment): Saying =>
  'startS' in segment
    ? say('{{start}} s to {{end}} s', { start: String(segment.startS), end: String(segment.endS) })
    : say('frame {{start}} to {{end}}', { start: String(segment.startFrame), end: String(segment.endFrame) });
