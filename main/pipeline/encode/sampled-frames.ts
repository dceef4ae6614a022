import type { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsOf } from '#preload/domain/span.ts';

/**
 * The frames on screen at every `1 / fps` seconds of a video, each once, ascending: where frames last longer than that,
 * all of them and no more. Takes time in proportion to the frames, however long they last.
 * @returns `[N]` frame indices.
 */
export function sampledFrames(table: FrameTable, fps: number): Int32Array {
  const indices: number[] = [];
  for (let index = 0; index < table.frameCount; index += 1) {
    // Before the first frame begins a player shows it already.
    const fromUs = index === 0 ? Math.min(0, table.startUs(0)) : table.startUs(index);
    if (firstSampleUs(fromUs, fps) < table.endUs(index)) indices.push(index);
  }
  return Int32Array.from(indices);
}

/** The first whole multiple of `1 / fps` seconds, from 0 on, that is not before `us`. */
function firstSampleUs(us: number, fps: number): number {
  for (let k = Math.max(0, Math.floor((us / 1_000_000) * fps) - 1); ; k += 1) {
    const atUs = microsecondsOf(k / fps);
    if (atUs >= us) return atUs;
  }
}
