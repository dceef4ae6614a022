import type { Edit } from '#preload/domain/edit.ts';

/** Whether the model would answer differently after this edit: the set of classes, a prompt or the set of videos changed. */
export function changesScoring(edit: Edit): boolean {
  const present = (row: { readonly removed: boolean } | null) => row !== null && !row.removed;
  return (
    edit.classes.some(({ before, after }) =>
      present(before) && present(after) ? before!.prompt !== after!.prompt : present(before) !== present(after),
    ) || edit.videos.some(({ after }) => present(after))
  );
}
