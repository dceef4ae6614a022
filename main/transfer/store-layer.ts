import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { RowChange } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { editOf } from '../annotation/edit-value.ts';
import type { LayerSegment } from '../database/layers-table.ts';
import type { OpenProject } from '../project/open-project.ts';

/** As a layer holds them: nothing that could be edited. */
export const withoutIds = (segments: readonly Segment[]): LayerSegment[] => segments.map(({ id: _, ...rest }) => rest);

/** Classes and attributes that a layer needs. They are no step of their own to undo. */
export function addLayerClasses(
  { edits }: OpenProject,
  name: string,
  {
    classes,
    attributes,
  }: { readonly classes: readonly ActionClass[]; readonly attributes: readonly RowChange<Attribute>[] },
): void {
  edits.commit(() =>
    editOf(say('Classes of {{name}}', { name }), 'import', 'silent', {
      classes: classes.map((after) => ({ before: null, after })),
      attributes: [...attributes],
    }),
  );
}
