import type { Edit } from '#preload/domain/edit.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const historyHandlers = (studio: Studio) =>
  os.history.router({
    list: os.history.list.handler(({ input }) =>
      studio
        .project()
        .database.edits.headings(input.segmentId, input.limit)
        .map(({ standing, ...heading }) => ({ ...heading, undone: standing !== 'done' })),
    ),
    state: os.history.state.handler(() => studio.project().edits.state()),
    undo: os.history.undo.handler(async () => whereItWas(await studio.project().edits.undoStep())),
    redo: os.history.redo.handler(async () => whereItWas(await studio.project().edits.redoStep())),
  });

function whereItWas(edit: Edit): { label: string; videoId: number | null } {
  const segment = edit.segments[0];
  const review = edit.reviews[0];
  const video = edit.videos[0];
  const videoId =
    (segment?.after ?? segment?.before)?.videoId ??
    (review?.after ?? review?.before)?.videoId ??
    video?.after?.id ??
    null;
  return { label: edit.label, videoId };
}
