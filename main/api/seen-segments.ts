import { thisMachine, type Editor } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { SeenSegment } from '#preload/domain/seen.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import { changedSince, Conflicts, reconcile } from '../annotation/unseen-changes.ts';
import { gatherAttributes, segmentFields, spreadAttributes } from '../annotation/row-fields.ts';
import type { SegmentChange } from '../annotation/update-segments.ts';
import type { OpenProject } from '../project/open-project.ts';

type Seen = readonly (SeenSegment | null)[] | undefined;

/** Named once each, with what was seen of it; undefined where nothing was said. */
const named = (ids: readonly number[], seen: Seen): Map<number, SeenSegment | null | undefined> => {
  if (seen !== undefined && seen.length !== ids.length)
    throw new Failure('bad-input', say('What was seen must be said of each segment, or of none.'));
  return new Map(ids.map((id, index) => [id, seen?.[index]]));
};

const notThere = (segmentId: number): Failure =>
  new Failure('not-found', say('Segment {{id}} is no longer there.', { id: String(segmentId) }), { segmentId });

/** What a call calls its segments, for a person. */
const words = (ids: readonly number[]): Saying =>
  ids.length === 1 ? say('this segment') : say('some of these segments');

/**
 * The segments that an edit is about as a whole: it is to be split, merged or removed as it was seen. Fails with
 * `not-found`, and with `conflict` where somebody else has changed or removed one since.
 */
export function rowsAsSeen(
  project: OpenProject,
  ids: readonly number[],
  seen?: Seen,
  editor: Editor = thisMachine,
): Segment[] {
  return wholeRows(project, ids, seen, editor, 'there');
}

/** The same for what is to be removed: what somebody else has removed meanwhile is as it should be, and left out. */
export function rowsToRemove(project: OpenProject, ids: readonly number[], seen: Seen, editor: Editor): Segment[] {
  return wholeRows(project, ids, seen, editor, 'or-gone');
}

function wholeRows(
  project: OpenProject,
  ids: readonly number[],
  seen: Seen,
  editor: Editor,
  which: 'there' | 'or-gone',
): Segment[] {
  const conflicts = new Conflicts(project.edits.writes, editor);
  const rows = [...named(ids, seen)].flatMap(([id, was]) => {
    const key = `segment ${id}` as const;
    const row = project.database.segments.get(id);
    if (row === null) {
      if (was != null && which === 'or-gone') return [];
      if (was == null || conflicts.isOwn(key)('presence')) throw notThere(id);
      conflicts.addGone('segment', key, id);
      return [];
    }
    if (was != null && !isUntouchedProposal(row))
      conflicts.add(
        'segment',
        key,
        id,
        segmentFields(row),
        changedSince(segmentFields(row), spreadAttributes(was), conflicts.isOwn(key)),
        row.annotator,
      );
    return row;
  });
  conflicts.refuse(words(ids));
  return rows;
}

/**
 * The segments that a change is about, as they are, and what is left of the change for those of which others have changed
 * other fields since. A model run may have replaced or moved a proposal in the moment in which a person decides on it: what
 * they decide holds. Fails with `not-found`, and with `conflict` where somebody else has changed the same or removed one.
 */
export function rowsToChange(
  project: OpenProject,
  ids: readonly number[],
  seen: Seen,
  change: SegmentChange,
  editor: Editor,
): {
  readonly rows: Segment[];
  readonly wishes: ReadonlyMap<number, SegmentChange>;
  /** Seen to be gone: they come back, as they were, with the change. */
  readonly broughtBack: ReadonlySet<number>;
} {
  const { segments, edits } = project.database;
  const conflicts = new Conflicts(project.edits.writes, editor);
  const wishes = new Map<number, SegmentChange>();
  const broughtBack = new Set<number>();
  const rows = [...named(ids, seen)].flatMap(([id, was]) => {
    const key = `segment ${id}` as const;
    const row = segments.get(id) ?? edits.replacedProposal(id);
    if (row === null) {
      if (was === null) {
        const gone = edits.lastOfSegment(id)?.edit.segments.find(({ before }) => before?.id === id)?.before;
        if (gone == null) throw notThere(id);
        broughtBack.add(id);
        return gone;
      }
      if (was === undefined || conflicts.isOwn(key)('presence')) throw notThere(id);
      conflicts.addGone('segment', key, id);
      return [];
    }
    if (was == null || isUntouchedProposal(row)) return row;
    const is = segmentFields(row);
    const { wish: fields, contested } = reconcile(
      is,
      spreadAttributes(was),
      spreadAttributes(change),
      conflicts.isOwn(key),
    );
    const wish = gatherAttributes(fields) as SegmentChange;
    // The edges that each moved alone may have passed each other.
    const crossed = isSpan({ ...was, ...change }) && !isSpan({ ...row, ...wish });
    conflicts.add('segment', key, id, is, crossed ? ['startUs', 'endUs'] : contested, row.annotator);
    wishes.set(id, wish);
    // Asked for and found so, as after an answer that was lost: from here on it is what this window knows.
    project.edits.writes.claim(key, is, fields, editor);
    return row;
  });
  conflicts.refuse(words(ids));
  return { rows, wishes, broughtBack };
}

const isSpan = ({ startUs, endUs }: SegmentChange): boolean =>
  startUs === undefined || endUs === undefined || startUs < endUs;
