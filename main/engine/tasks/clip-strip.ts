import { makeClipStrip } from '#main/media/clip-strip.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { EngineTask } from './task-context.ts';

/** A span in small pictures, side by side. */
export const clipStrip: EngineTask<'clipStrip'> = async ({ media, span, width }, { signal }) => ({
  mime: 'image/jpeg',
  bytes: await makeClipStrip(media.path, FrameTable.fromArray(media.frames), span, { width, signal }),
});
