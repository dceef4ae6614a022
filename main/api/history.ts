import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying, type Told } from '#preload/domain/saying.ts';
import { goBackEdit, lookBack, restorePointOf, told } from '../annotation/go-back.ts';
import { isEmptyEdit } from '../annotation/edit-value.ts';
import { RowsThen } from '../annotation/rows-then.ts';
import type { CallContext } from './implementer.ts';
import type { OpenProject } from '../project/open-project.ts';
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
    points: os.history.points.handler(() =>
      studio
        .project()
        .database.restorePoints.all()
        .map((point) => ({ ...told(point), editId: point.editId })),
    ),
    setPoint: os.history.setPoint.handler(({ input, context }) => {
      const project = studio.project();
      const pointId = project.edits.setPoint(input.name, context.editor);
      project.publish({ topic: 'history' });
      return { pointId };
    }),
    removePoint: os.history.removePoint.handler(({ input, context }) => {
      const project = studio.project();
      const point = restorePointOf(project.database, input.pointId);
      if (!context.isOwner && point.annotator !== context.editor.person)
        throw new Failure(
          'forbidden',
          say('Only whoever set a restore point, and the studio’s owners, may remove it.'),
        );
      project.database.transaction(() => project.database.restorePoints.remove(point.id));
      project.publish({ topic: 'history' });
    }),
    look: os.history.look.handler(({ input }) => {
      const { database } = studio.project();
      return lookBack(database, restorePointOf(database, input.pointId));
    }),
    goBack: os.history.goBack.handler(async ({ input, context }) => {
      const project = studio.project();
      const { database } = project;
      const point = restorePointOf(database, input.pointId);
      const then = await RowsThen.since(database, point);
      const edit = project.edits.commit(() => {
        refuseOverOthers(project, point.editId, input.lastEditId, context);
        then.catchUp(database);
        return goBackEdit(database, point, then);
      }, context.editor);
      if (isEmptyEdit(edit))
        throw new Failure('nothing-to-do', say('Everything is as it was at “{{point}}”.', { point: point.name }));
      return whereItWas(edit);
    }),
  });

/** What others made goes only where they are known to the person, and by an owner where people sign in. */
function refuseOverOthers(
  { database }: OpenProject,
  pointEditId: number,
  lastEditId: number,
  { editor, isOwner }: CallContext,
): void {
  const others = (after: number): (string | Saying)[] =>
    database.edits
      .makersSince(after)
      .flatMap(({ annotator }) => (annotator !== editor.person ? [annotator ?? say('Somebody')] : []));
  if (editor.person === null) return;
  const [since] = others(lastEditId);
  if (since !== undefined)
    throw new Failure(
      'conflict',
      say('{{since}} has edited since you looked: look again at what would go.', { since }),
    );
  const made = others(pointEditId);
  if (made.length > 0 && !isOwner)
    throw new Failure(
      'forbidden',
      say(
        'Going back would take away what {{names}} made since: that is for whoever runs the studio, and for its owners.',
        { names: made },
      ),
    );
}

/** Segments beyond are not selected where something is undone. */
const mostSelected = 1000;

function whereItWas(edit: Edit): { label: Told; videoId: number | null; segmentIds: number[] } {
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
