import { addAttribute, changeAttribute, removeAttribute } from '../annotation/change-attributes.ts';
import { say } from '#preload/domain/saying.ts';
import { changedSince, Conflicts, reconcile } from '../annotation/unseen-changes.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const attributeHandlers = (studio: Studio) =>
  os.attributes.router({
    list: os.attributes.list.handler(() => studio.project().database.attributes.present()),

    add: os.attributes.add.handler(({ input, context }) => {
      const { database, edits } = studio.project();
      const edit = edits.commit(
        () => addAttribute(database.nextId('attributes'), input, database.attributes.all()),
        context.editor,
      );
      return edit.attributes[0]!.after!;
    }),

    update: os.attributes.update.handler(({ input: { attributeId, seen, ...change }, context: { editor } }) => {
      const project = studio.project();
      const { database } = project;
      project.edits.commit(() => {
        const row = project.attribute(attributeId);
        const conflicts = new Conflicts(project.edits.writes, editor);
        const key = `attribute ${attributeId}` as const;
        const { wish, contested } = reconcile(row, seen ?? {}, change, conflicts.isOwn(key));
        conflicts.add('attribute', key, attributeId, row, contested);
        conflicts.refuse(say("attribute '{{name}}'", { name: row.name }));
        return changeAttribute(row, wish, database.attributes.all(), database.segments.withAttribute(attributeId));
      }, editor);
      return project.attribute(attributeId);
    }),

    uses: os.attributes.uses.handler(({ input: { attributeId } }) => ({
      segments: studio.project().database.segments.withAttribute(attributeId).length,
    })),

    remove: os.attributes.remove.handler(({ input: { attributeId, seen }, context: { editor } }) => {
      const project = studio.project();
      project.edits.commit(() => {
        const row = project.attribute(attributeId);
        const conflicts = new Conflicts(project.edits.writes, editor);
        const key = `attribute ${attributeId}` as const;
        conflicts.add('attribute', key, attributeId, row, changedSince(row, seen ?? {}, conflicts.isOwn(key)));
        conflicts.refuse(say("attribute '{{name}}'", { name: row.name }));
        return removeAttribute(row);
      }, editor);
    }),
  });
