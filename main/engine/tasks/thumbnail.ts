import { makeThumbnail } from '#main/media/thumbnail.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { EngineTask } from './task-context.ts';

/** A small picture of the frame on screen at a time. */
export const thumbnail: EngineTask<'thumbnail'> = async ({ media, atUs, width }, { signal }) => {
  const { mime, bytes } = await makeThumbnail(media.path, FrameTable.fromArray(media.frames), atUs, { width, signal });
  return { mime, bytes };
};
