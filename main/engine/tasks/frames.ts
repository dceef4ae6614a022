import { openFrameSource } from '#main/media/frame-source.ts';
import { pngOf } from '#main/media/write-png.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** PNG bytes of exact frames, in the order asked for. */
export const frames: EngineTask<'frames'> = async ({ media, indices }, { signal, report }) => {
  await using source = await openFrameSource(media.path, FrameTable.fromArray(media.frames), { signal });
  const pngs: { index: number; bytes: Uint8Array }[] = [];
  for await (const frame of source.framesAtIndices(indices)) {
    using picture = frame;
    pngs.push({ index: picture.index, bytes: pngOf(picture) });
    report({
      done: pngs.length / indices.length,
      step: say('frame {{at}} of {{frames}}', { at: pngs.length, frames: indices.length }),
    });
  }
  return { pngs };
};
