import type { Segment } from '#preload/domain/segment.ts';
import { createSegment } from '../annotation/create-segment.ts';
import { createSegments } from '../annotation/create-segments.ts';
import { mergeSegments } from '../annotation/merge-segments.ts';
import { moveSegments, type SegmentMove } from '../annotation/move-segments.ts';
import { removeSegments } from '../annotation/remove-segments.ts';
import { splitSegment } from '../annotation/split-segment.ts';
import { updateSegments, type SegmentChange } from '../annotation/update-segments.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Studio } from '../studio/studio.ts';
import { readPastedTable } from '../transfer/read-pasted-table.ts';
import { os } from './implementer.ts';
import { rowsAsSeen, rowsToChange, rowsToRemove } from './seen-segments.ts';

export const segmentHandlers = (studio: Studio) =>
  os.segments.router({
    list: os.segments.list.handler(({ input }) => {
      const project = studio.project();
      return project.database.segments.ofVideo(project.video(input.videoId).id);
    }),

    some: os.segments.some.handler(({ input }) => {
      const { segments } = studio.project().database;
      return input.segmentIds.flatMap((id) => segments.get(id) ?? []);
    }),

    queue: os.segments.queue.handler(({ input }) => {
      const { database, settings } = studio.project();
      return database.segments.queue({ ...input, threshold: settings.scoreThreshold });
    }),

    create: os.segments.create.handler(({ input, context }) => {
      const project = studio.project();
      const { database } = project;
      const edit = project.edits.commit(
        () =>
          createSegment(database.nextId('segments'), project.video(input.videoId).id, input, {
            actionClass: project.classToGive(input.classId),
            frames: project.frames(input.videoId),
          }),
        context.editor,
      );
      return edit.segments[0]!.after!;
    }),

    createMany: os.segments.createMany.handler(({ input: { videoId, how, segments }, context: { editor } }) => {
      const project = studio.project();
      const { database } = project;
      for (const given of new Set(segments.map((wish) => wish.class)))
        if (typeof given === 'number') project.classToGive(given);
      const edit = project.edits.commit(
        () =>
          createSegments(project.video(videoId).id, how, segments, {
            classes: database.classes.all(),
            attributes: database.attributes.all(),
            frames: project.frames(videoId),
            firstSegmentId: database.nextId('segments'),
            firstClassId: database.nextId('classes'),
          }),
        editor,
      );
      return { segmentIds: edit.segments.flatMap(({ before, after }) => (before === null && after ? after.id : [])) };
    }),

    readTable: os.segments.readTable.handler(({ input }) => readPastedTable(studio.project(), input)),

    update: os.segments.update.handler(({ input: { segmentIds, seen, ...asked }, context: { editor } }) => {
      const project = studio.project();
      const change = {
        ...asked,
        ...(asked.classId !== undefined && { classId: project.classToGive(asked.classId).id }),
      };
      project.edits.commit(() => {
        const { rows, wishes, broughtBack } = rowsToChange(project, segmentIds, seen, change, editor);
        const edit = updateSegments(rows, change, {
          classes: project.database.classes.all(),
          attributes: project.database.attributes.all(),
          framesOf: (videoId) => project.frames(videoId),
          wishOf: ({ id }) => wishes.get(id) ?? change,
        });
        return {
          ...edit,
          segments: edit.segments.map(({ before, after }) => ({
            before: broughtBack.has(before!.id) ? null : before,
            after,
          })),
        };
      }, editor);
      return { segments: rowsLeft(project, segmentIds) };
    }),

    move: os.segments.move.handler(({ input: { moves }, context: { editor } }) => {
      const project = studio.project();
      const placeOf = new Map(moves.map(({ segmentId, seen, ...to }) => [segmentId, { seen: seen && [seen], to }]));
      for (const classId of new Set(moves.map((move) => move.classId))) project.classToGive(classId);
      project.edits.commit(() => {
        const rows = [...placeOf].map(([segmentId, { seen, to }]) => {
          const { rows: found, wishes } = rowsToChange(project, [segmentId], seen, to, editor);
          const segment = found[0]!;
          return { segment, to: placeOfWish(segment, wishes.get(segmentId) ?? to) };
        });
        return moveSegments(rows, {
          classes: project.database.classes.all(),
          framesOf: (videoId) => project.frames(videoId),
        });
      }, editor);
      return { segments: rowsLeft(project, [...placeOf.keys()]) };
    }),

    split: os.segments.split.handler(({ input, context: { editor } }) => {
      const project = studio.project();
      const { database } = project;
      const edit = project.edits.commit(() => {
        const [segment] = rowsAsSeen(project, [input.segmentId], input.seen && [input.seen], editor);
        return splitSegment(segment!, input.atUs, database.nextId('segments'), {
          classes: database.classes.all(),
          frames: project.frames(segment!.videoId),
        });
      }, editor);
      return { segments: edit.segments.map((change) => change.after!) };
    }),

    merge: os.segments.merge.handler(({ input, context: { editor } }) => {
      const project = studio.project();
      const { merged } = project.edits.commit(
        () => mergeSegments(rowsAsSeen(project, input.segmentIds, input.seen, editor), project.database.classes.all()),
        editor,
      );
      return project.database.segments.get(merged.id)!;
    }),

    subjects: os.segments.subjects.handler(() => studio.project().database.segments.subjects()),

    annotators: os.segments.annotators.handler(() => studio.project().database.segments.annotators()),

    remove: os.segments.remove.handler(({ input, context: { editor } }) => {
      const project = studio.project();
      project.edits.commit(
        () =>
          removeSegments(rowsToRemove(project, input.segmentIds, input.seen, editor), project.database.classes.all()),
        editor,
      );
    }),
  });

/** Of several that cannot overlap one may have taken another's place. */
const rowsLeft = ({ database }: OpenProject, ids: readonly number[]): Segment[] =>
  [...new Set(ids)].flatMap((id) => database.segments.get(id) ?? []);

/** Where a segment goes, as far as it is wished elsewhere. */
const placeOfWish = (segment: Segment, wish: SegmentChange): SegmentMove['to'] => ({
  startUs: wish.startUs ?? segment.startUs,
  endUs: wish.endUs ?? segment.endUs,
  classId: wish.classId ?? segment.classId,
});
