import { addClass } from '../annotation/add-class.ts';
import { changeClass } from '../annotation/change-class.ts';
import { mergeClasses } from '../annotation/merge-classes.ts';
import { removeClass } from '../annotation/remove-class.ts';
import { noSegments } from '../database/segments-table.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const classHandlers = (studio: Studio) =>
  os.classes.router({
    list: os.classes.list.handler(() => {
      const { database, settings } = studio.project();
      const counts = database.segments.countsByClass(settings.scoreThreshold);
      return database.classes.present().map((value) => {
        const { proposed, open, accepted } = counts.get(value.id) ?? noSegments;
        return { ...value, counts: { proposed, open, accepted } };
      });
    }),

    add: os.classes.add.handler(({ input }) => {
      const { database, edits } = studio.project();
      return edits.commit(() => addClass(database.nextId('classes'), input, database.classes.all())).added;
    }),

    update: os.classes.update.handler(({ input: { classId, ...change } }) => {
      const project = studio.project();
      project.edits.commit(() => changeClass(project.actionClass(classId), change, project.database.classes.all()));
      return project.actionClass(classId);
    }),

    merge: os.classes.merge.handler(({ input }) => {
      const project = studio.project();
      project.edits.commit(() =>
        mergeClasses(
          project.actionClass(input.from),
          project.actionClass(input.into),
          project.database.segments.rowsOfClass(input.from),
        ),
      );
    }),

    remove: os.classes.remove.handler(({ input }) => {
      const project = studio.project();
      project.edits.commit(() => removeClass(project.actionClass(input.classId)));
    }),
  });
