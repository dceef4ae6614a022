import type { FrameTable } from '#preload/domain/frame-table.ts';
import { sampleTimes } from '#main/media/sample-times.ts';

/**
 * The frames on screen at every `1 / fps` seconds of a video, each once, ascending: where frames last longer than that,
 * all of them and no more.
 */
export function sampledFrames(table: FrameTable, fps: number): Int32Array {
  const indices: number[] = [];
  for (const atUs of sampleTimes(fps, 0, table.lastEndUs)) {
    const index = table.frameAt(atUs);
    if (index !== indices.at(-1)) indices.push(index);
  }
  return Int32Array.from(indices);
}
