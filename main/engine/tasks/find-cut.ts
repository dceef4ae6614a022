import { findCut } from '#main/media/find-cut.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { EngineTask } from './task-context.ts';

/** Where another shot begins within a span. */
export const findCutTask: EngineTask<'findCut'> = ({ media, span }, { signal }) =>
  findCut(media.path, FrameTable.fromArray(media.frames), span, signal);
