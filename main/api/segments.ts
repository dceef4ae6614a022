import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { createSegment } from '../annotation/create-segment.ts';
import { mergeSegments } from '../annotation/merge-segments.ts';
import { moveSegments } from '../annotation/move-segments.ts';
import { removeSegments } from '../annotation/remove-segments.ts';
import { splitSegment } from '../annotation/split-segment.ts';
import { updateSegments } from '../annotation/update-segments.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const segmentHandlers = (studio: Studio) =>
  os.segments.router({
    list: os.segments.list.handler(({ input }) => {
      const project = studio.project();
      return project.database.segments.ofVideo(project.video(input.videoId).id);
    }),

    queue: os.segments.queue.handler(({ input }) => {
      const { database, settings } = studio.project();
      return database.segments.queue({ ...input, minimumScore: settings.scoreThreshold });
    }),

    create: os.segments.create.handler(({ input }) => {
      const project = studio.project();
      const { database } = project;
      const edit = project.edits.commit(() =>
        createSegment(database.nextId('segments'), project.video(input.videoId).id, input, {
          actionClass: project.actionClass(input.classId),
          frames: project.frames(input.videoId),
        }),
      );
      return edit.segments[0]!.after!;
    }),

    update: os.segments.update.handler(({ input: { segmentIds, ...change } }) => {
      const project = studio.project();
      if (change.classId !== undefined) project.actionClass(change.classId);
      project.edits.commit(() =>
        updateSegments(segmentsOf(project, segmentIds, 'or-replaced'), change, {
          classes: project.database.classes.all(),
          framesOf: (videoId) => project.frames(videoId),
        }),
      );
      return { segments: segmentsOf(project, segmentIds) };
    }),

    move: os.segments.move.handler(({ input: { moves } }) => {
      const project = studio.project();
      for (const classId of new Set(moves.map((move) => move.classId))) project.actionClass(classId);
      const segmentIds = moves.map(({ segmentId }) => segmentId);
      const moveOf = new Map(moves.map((move) => [move.segmentId, move]));
      project.edits.commit(() =>
        moveSegments(
          segmentsOf(project, segmentIds, 'or-replaced').map((segment) => ({ segment, to: moveOf.get(segment.id)! })),
          { classes: project.database.classes.all(), framesOf: (videoId) => project.frames(videoId) },
        ),
      );
      return { segments: segmentsOf(project, segmentIds) };
    }),

    split: os.segments.split.handler(({ input }) => {
      const project = studio.project();
      const { database } = project;
      const edit = project.edits.commit(() => {
        const [segment] = segmentsOf(project, [input.segmentId]);
        return splitSegment(segment!, input.atUs, database.nextId('segments'), {
          classes: database.classes.all(),
          frames: project.frames(segment!.videoId),
        });
      });
      return { segments: edit.segments.map((change) => change.after!) };
    }),

    merge: os.segments.merge.handler(({ input }) => {
      const project = studio.project();
      const { merged } = project.edits.commit(() =>
        mergeSegments(segmentsOf(project, input.segmentIds), project.database.classes.all()),
      );
      return segmentsOf(project, [merged.id])[0]!;
    }),

    remove: os.segments.remove.handler(({ input }) => {
      const project = studio.project();
      project.edits.commit(() => removeSegments(segmentsOf(project, input.segmentIds), project.database.classes.all()));
    }),
  });

/**
 * Fails with `not-found` where any of them is gone. A model run may have replaced a proposal in the moment in which a
 * person decides on it: what they decide holds, so that `or-replaced` takes it as it was.
 */
function segmentsOf(project: OpenProject, ids: readonly number[], which: 'there' | 'or-replaced' = 'there'): Segment[] {
  const { segments, edits } = project.database;
  return [...new Set(ids)].map((id) => {
    const segment = segments.get(id) ?? (which === 'or-replaced' ? edits.replacedProposal(id) : null);
    if (segment === null) throw new Failure('not-found', `Segment ${id} is no longer there.`, { segmentId: id });
    return segment;
  });
}
