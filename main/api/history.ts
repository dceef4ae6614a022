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
    state: os.history.state.handler(({ context }) => studio.project().edits.state(context.editor)),
    undo: os.history.undo.handler(async ({ input, context }) =>
      whereItWas(await studio.project().edits.undoStep(context.editor, input?.before)),
    ),
    redo: os.history.redo.handler(async ({ context }) =>
      whereItWas(await studio.project().edits.redoStep(context.editor)),
    ),
  });

/** Segments beyond are not selected where something is undone. */
const mostSelected = 1000;

function whereItWas(edit: Edit): { label: string; videoId: number | null; segmentIds: number[] } {
  const segment = edit.segments[0];
  const review = edit.reviews[0];
  const video = edit.videos[0];
  const videoId =
    (segment?.after ?? segment?.before)?.videoId ??
    (review?.after ?? review?.before)?.videoId ??
    video?.after?.id ??
    null;
  const touched = edit.segments.slice(0, mostSelected).map(({ before, after }) => (after ?? before)!);
  return {
    label: edit.label,
    videoId,
    segmentIds: touched.filter((row) => row.videoId === videoId).map(({ id }) => id),
  };
}
