import { writePictures } from '#main/media/write-pictures.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** Every frame of a stretch as a picture of its own. */
export const writePicturesTask: EngineTask<'writePictures'> = async (
  { media, span, folder, kind, size },
  { signal, report },
) =>
  writePictures(media.path, FrameTable.fromArray(media.frames), span, folder, kind, {
    ...size,
    signal,
    onProgress: (done) => report({ done, step: say('writing pictures') }),
  });
