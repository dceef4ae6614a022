import { keyedChanges, rowKinds } from '#preload/domain/edit.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Editor } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { LoggedEdit } from '../database/edits-table.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { sameRow } from './edit-value.ts';
import { isUntouchedProposal } from './replace-proposals.ts';

/**
 * Undo and redo swap whole rows, and the log must tell how the rows came to be: so an edit is taken back, or done again as
 * `change`, only while no later one that stands has touched the same rows. For one person alone that is always so; of
 * several, each goes back along their own edits and meets the others'. Fails with `conflict`, which names that edit.
 */
export function refuseOverLaterEdits(
  database: ProjectDatabase,
  { id, edit }: LoggedEdit,
  change: Edit,
  editor: Editor,
): void {
  const later = laterEdit(database, id, edit);
  if (later !== null) {
    const { annotator, label } = later.edit;
    const own = annotator !== undefined && annotator === editor.person;
    const what = { edit: edit.label, later: label };
    throw new Failure(
      'conflict',
      own
        ? say('You have changed since what “{{edit}}” touched (“{{later}}”): it stays.', what)
        : say('{{who}} has changed since what “{{edit}}” touched (“{{later}}”): it stays.', {
            ...what,
            who: annotator ?? say('Somebody else'),
          }),
      { editId: id },
    );
  }
  if (editor.person === null) return;
  const gone = change.segments.find((each) => !isAsItWas(database, each));
  const missing = change.segments.find(({ after }) => after !== null && isOutOfSight(database, after.classId, change));
  if (gone === undefined && missing === undefined) return;
  const what = { edit: edit.label };
  throw new Failure(
    'conflict',
    gone === undefined
      ? say('“{{edit}}” stays: its class is no longer there.', what)
      : say('“{{edit}}” stays: what it touched is no longer as it was.', what),
    { editId: id },
  );
}

function laterEdit({ edits }: ProjectDatabase, id: number, edit: Edit): LoggedEdit | null {
  const ofSegments =
    edit.segments.length === 0
      ? null
      : edits.laterOfSegments(
          id,
          edit.segments.map(({ before, after }) => (after ?? before)!.id),
        );
  if (ofSegments !== null) return ofSegments;
  const rows = new Set(otherRows(edit));
  if (rows.size === 0) return null;
  for (const later of edits.laterOfOthers(id)) {
    if (otherRows(later.edit).some((row) => rows.has(row))) return later;
  }
  return null;
}

const otherRows = (edit: Edit): string[] =>
  rowKinds.flatMap((kind) => (kind === 'segments' ? [] : keyedChanges(edit, kind).map(({ key }) => `${kind} ${key}`)));

/** Whether a segment is what this change begins with; a proposal that nobody decided on is the model's to change. */
function isAsItWas({ segments }: ProjectDatabase, { before, after }: Edit['segments'][number]): boolean {
  const now = segments.get((before ?? after)!.id);
  if (before === null) return now === null;
  if (isUntouchedProposal(before)) return now === null || isUntouchedProposal(now);
  return now !== null && sameRow(now, before);
}

/** Whether a class is gone, and this change does not bring it back. */
function isOutOfSight({ classes }: ProjectDatabase, classId: number, change: Edit): boolean {
  const brought = change.classes.find(({ after }) => after?.id === classId)?.after;
  return (brought ?? classes.get(classId))?.removed !== false;
}
