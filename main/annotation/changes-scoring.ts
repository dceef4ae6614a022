import { promptsOf } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { sameRow } from './edit-value.ts';

/** Whether the model would answer differently after this edit: the set of classes, a prompt or the set of videos changed. */
export function changesScoring(edit: Edit): boolean {
  const present = (row: { readonly removed: boolean } | null) => row !== null && !row.removed;
  return (
    edit.classes.some(({ before, after }) =>
      present(before) && present(after)
        ? !sameRow(promptsOf(before!), promptsOf(after!))
        : present(before) !== present(after),
    ) || edit.videos.some(({ after }) => present(after))
  );
}
