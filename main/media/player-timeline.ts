import type { FormatContext, Frame, Rational, Stream } from 'node-av/lib';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsOfTicks, ticksOrNull } from './ffmpeg.ts';
import { playerOffsetUs } from './video-file.ts';

/** When one stored picture is shown, in ticks of the stream's time base; `duration` is 0 where the container gives none. */
export interface PictureTime {
  readonly pts: bigint;
  readonly duration: bigint;
}

/** The container time at which a decoded frame is shown, in ticks; null where neither container nor decoder knows it. */
export const presentationTicks = (frame: Frame): bigint | null =>
  ticksOrNull(frame.pts) ?? ticksOrNull(frame.bestEffortTimestamp);

/** From container time to the time a browser's player shows: `ticks * timeBase - offsetUs`. */
export interface PlayerTimeline {
  readonly timeBase: Rational;
  readonly offsetUs: number;
}

/** The timeline of one stream. */
export const playerTimelineOf = (format: FormatContext, stream: Stream): PlayerTimeline => ({
  timeBase: stream.timeBase,
  offsetUs: playerOffsetUs(format),
});

/** A container's time on the player's timeline, in whole microseconds. */
export const playerUs = (pts: bigint, timeline: PlayerTimeline): number =>
  microsecondsOfTicks(pts, timeline.timeBase) - timeline.offsetUs;

/**
 * The frame table of a stream's pictures, given in any order. Pictures that share a time are one frame. The last frame
 * lasts as long as its packet says; where it says nothing, until `streamEnd`, or else as long as frames usually last.
 * Throws a RangeError where no picture is left.
 */
export function buildFrameTable(
  pictures: readonly PictureTime[],
  timeline: PlayerTimeline,
  streamEnd: bigint | null,
): FrameTable {
  const sorted = pictures.toSorted((a, b) => (a.pts < b.pts ? -1 : a.pts > b.pts ? 1 : 0));
  const starts: number[] = [];
  for (const { pts } of sorted) {
    const startUs = playerUs(pts, timeline);
    if (starts.length === 0 || startUs > starts.at(-1)!) starts.push(startUs);
  }
  const last = sorted.at(-1);
  if (!last) throw new RangeError('a frame table needs at least one picture');
  const ends = [last.duration > 0n ? last.pts + last.duration : null, streamEnd];
  const endUs = ends
    .map((end) => (end === null ? Number.NaN : playerUs(end, timeline)))
    .find((us) => us > starts.at(-1)!);
  return new FrameTable(Float64Array.from(starts), endUs ?? starts.at(-1)! + usualDurationUs(starts));
}

/** Whether frames are spaced unevenly, beyond what rounding to the container's ticks explains. */
export function hasVariableFrameRate(table: FrameTable, timeBase: Rational): boolean {
  const tickUs = Math.max(1, microsecondsOfTicks(1n, timeBase));
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let index = 0; index + 1 < table.frameCount; index += 1) {
    const duration = table.endUs(index) - table.startUs(index);
    shortest = Math.min(shortest, duration);
    longest = Math.max(longest, duration);
  }
  return table.frameCount > 2 && longest - shortest > 2 * tickUs;
}

/** Frames per second over the whole table. */
export function averageFps(table: FrameTable): number {
  return (table.frameCount * 1_000_000) / (table.lastEndUs - table.firstStartUs);
}

function usualDurationUs(starts: readonly number[]): number {
  const gaps = starts.slice(1).map((start, index) => start - starts[index]!);
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 40_000;
}
