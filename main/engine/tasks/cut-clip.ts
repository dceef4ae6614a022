import { stat } from 'node:fs/promises';
import { checksumOf } from '#main/media/checksum.ts';
import { cutClip } from '#main/media/cut-clip.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** A stretch of a film as a film of its own, on frame boundaries. */
export const cutClipTask: EngineTask<'cutClip'> = async (
  { media, span, outPath, mayCopy, size },
  { signal, report },
) => {
  const made = await cutClip(media.path, FrameTable.fromArray(media.frames), span, outPath, {
    ...size,
    mayCopy,
    signal,
    onProgress: (done) => report({ done, step: say('cutting') }),
  });
  const [{ size: bytes }, sha256] = [await stat(outPath), await checksumOf(outPath, { signal })];
  return { ...made, bytes, sha256 };
};
