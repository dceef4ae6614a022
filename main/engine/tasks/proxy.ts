import { makeProxy } from '#main/media/make-proxy.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** A copy of a video that every browser plays, with the same frame times. */
export const proxy: EngineTask<'proxy'> = async ({ media, outPath }, { signal, report }) => {
  const { lostFrames } = await makeProxy(media.path, FrameTable.fromArray(media.frames), outPath, {
    signal,
    onProgress: (done) => report({ done, step: say('writing a copy that the player shows') }),
  });
  const lost = say('{{count}} frames are lost to damage; the copy shows the picture before them instead.', {
    count: lostFrames,
    one: '{{count}} frame is lost to damage; the copy shows the picture before it instead.',
  });
  return { warnings: lostFrames > 0 ? [lost] : [] };
};
