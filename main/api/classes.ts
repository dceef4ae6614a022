import { addClass, addClasses } from '../annotation/add-class.ts';
import { changeClass } from '../annotation/change-class.ts';
import { mergeClasses } from '../annotation/merge-classes.ts';
import { removeClass } from '../annotation/remove-class.ts';
import { classFields } from '../annotation/row-fields.ts';
import { splitClass } from '../annotation/split-class.ts';
import { changedSince, Conflicts, reconcile } from '../annotation/unseen-changes.ts';
import { noSegments } from '../database/segment-tally.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';
import { rowsAsSeen } from './seen-segments.ts';

export const classHandlers = (studio: Studio) =>
  os.classes.router({
    list: os.classes.list.handler(() => {
      const { database, settings } = studio.project();
      const counts = database.segments.counts(settings.scoreThreshold).byClass();
      return database.classes.present().map((value) => {
        const { proposed, open, accepted } = counts.get(value.id) ?? noSegments;
        return { ...value, counts: { proposed, open, accepted } };
      });
    }),

    add: os.classes.add.handler(({ input, context }) => {
      const { database, edits } = studio.project();
      return edits.commit(() => addClass(database.nextId('classes'), input, database.classes.all()), context.editor)
        .added;
    }),

    addAll: os.classes.addAll.handler(({ input, context }) => {
      const { database, edits } = studio.project();
      return edits.commit(
        () => addClasses(database.nextId('classes'), input.names, database.classes.all()),
        context.editor,
      ).added;
    }),

    update: os.classes.update.handler(({ input: { classId, seen, ...change }, context: { editor } }) => {
      const project = studio.project();
      project.edits.commit(() => {
        const row = project.actionClass(classId);
        const conflicts = new Conflicts(project.edits.writes, editor);
        const { wish, contested } = reconcile(
          classFields(row),
          seen ?? {},
          change,
          conflicts.isOwn(`class ${classId}`),
        );
        conflicts.add('class', `class ${classId}`, classId, classFields(row), contested);
        conflicts.refuse(say("class '{{name}}'", { name: row.name }));
        return changeClass(row, wish, project.database.classes.all());
      }, editor);
      return project.actionClass(classId);
    }),

    examples: os.classes.examples.handler(({ input }) => {
      const { database, isInSight } = inSight(studio);
      const { examples = [] } = studio.project().actionClass(input.classId);
      return examples.flatMap((id) => {
        const row = database.segments.get(id);
        return row !== null && isInSight(row) ? row : [];
      });
    }),

    segments: os.classes.segments.handler(({ input: { classId, limit } }) => {
      const { database, isInSight } = inSight(studio);
      return database.segments
        .rowsOfClass(studio.project().actionClass(classId).id)
        .filter((row) => row.state !== 'rejected' && isInSight(row))
        .sort((a, b) => a.videoId - b.videoId || a.startUs - b.startUs)
        .slice(0, limit);
    }),

    longer: os.classes.longer.handler(({ input }) => {
      const project = studio.project();
      const { database, isInSight } = inSight(studio);
      const isLonger = (row: Segment): boolean => {
        const { startFrame, endFrame } = project.frames(row.videoId).frameRange(row);
        return endFrame - startFrame > 1;
      };
      const rows = database.segments.rowsOfClass(project.actionClass(input.classId).id);
      return { segments: rows.filter((row) => row.state === 'accepted' && isInSight(row) && isLonger(row)).length };
    }),

    split: os.classes.split.handler(({ input: { classId, name, segmentIds }, context: { editor } }) => {
      const project = studio.project();
      const { database } = project;
      return project.edits.commit(
        () =>
          splitClass(project.actionClass(classId), name, rowsAsSeen(project, segmentIds), {
            classes: database.classes.all(),
            newId: database.nextId('classes'),
          }),
        editor,
      ).added;
    }),

    merge: os.classes.merge.handler(({ input, context }) => {
      const project = studio.project();
      project.edits.commit(
        () =>
          mergeClasses(
            project.actionClass(input.from),
            project.actionClass(input.into),
            project.database.segments.rowsOfClass(input.from),
            project.database.classes.all(),
          ),
        context.editor,
      );
    }),

    remove: os.classes.remove.handler(({ input: { classId, seen }, context: { editor } }) => {
      const project = studio.project();
      project.edits.commit(() => {
        const row = project.actionClass(classId);
        const conflicts = new Conflicts(project.edits.writes, editor);
        const changed = changedSince(classFields(row), seen ?? {}, conflicts.isOwn(`class ${classId}`));
        conflicts.add('class', `class ${classId}`, classId, classFields(row), changed);
        conflicts.refuse(say("class '{{name}}'", { name: row.name }));
        return removeClass(row, project.database.segments.rowsOfClass(classId));
      }, editor);
    }),
  });

/** Whether segments are of videos and classes that are there. */
function inSight(studio: Studio) {
  const { database } = studio.project();
  const videoIds = new Set(database.videos.present().map(({ id }) => id));
  const classIds = new Set(database.classes.present().map(({ id }) => id));
  const isInSight = ({ videoId, classId }: Segment): boolean => videoIds.has(videoId) && classIds.has(classId);
  return { database, isInSight };
}
