import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { editOf, sameRow } from './edit-value.ts';
import { isUntouchedProposal } from './replace-proposals.ts';

export interface ImportEdit {
  readonly edit: Edit;
  readonly addedSegments: number;
  readonly addedClasses: number;
  /** Segments that were there already. */
  readonly unchanged: number;
  /** Segments of which a person here has decided otherwise; theirs stay. */
  readonly overruled: number;
}

/**
 * Brings segments from elsewhere into a project, as one edit. Each meets at most one row of the same video, class and
 * span: an equal one is left as it is, a proposal that nobody touched takes over what the import says, and what a person
 * decided here stays. The rest is added. `incoming` rows carry identifiers that are free.
 */
export function importEdit(
  label: string,
  incoming: {
    readonly classes: readonly ActionClass[];
    readonly segments: readonly Segment[];
    readonly reviews: readonly Review[];
    readonly splits: Edit['splits'];
  },
  current: { readonly segments: readonly Segment[]; readonly reviews: readonly Review[] },
): ImportEdit {
  const here = Map.groupBy(current.segments, placeOf);
  const take = (segment: Segment, isMatch: (row: Segment) => boolean): Segment | null => {
    const rows = here.get(placeOf(segment)) ?? [];
    const index = rows.findIndex(isMatch);
    return index < 0 ? null : rows.splice(index, 1)[0]!;
  };
  // Equal rows find each other first, so that a near match does not take what another segment equals.
  const unmatched = incoming.segments.filter((segment) => take(segment, (row) => saysTheSame(row, segment)) === null);
  const changes: { before: Segment | null; after: Segment }[] = [];
  let overruled = 0;
  for (const segment of unmatched) {
    const row = take(segment, () => true);
    if (row !== null && !isUntouchedProposal(row)) overruled += 1;
    else changes.push({ before: row, after: { ...segment, id: row?.id ?? segment.id } });
  }
  const reviewed = new Set(current.reviews.map(reviewKey));
  return {
    edit: editOf(label, 'import', 'undoable', {
      segments: changes,
      classes: incoming.classes.map((after) => ({ before: null, after })),
      reviews: incoming.reviews
        .filter((review) => !reviewed.has(reviewKey(review)))
        .map((after) => ({ before: null, after })),
      splits: incoming.splits,
    }),
    addedSegments: changes.length,
    addedClasses: incoming.classes.length,
    unchanged: incoming.segments.length - unmatched.length,
    overruled,
  };
}

const placeOf = ({ videoId, classId, startUs, endUs }: Segment): string => `${videoId}:${classId}:${startUs}:${endUs}`;

const reviewKey = ({ videoId, classId }: Review): string => `${videoId}:${classId}`;

const saysTheSame = (a: Segment, b: Segment): boolean =>
  a.state === b.state && a.score === b.score && a.note === b.note && isSameSource(a.source, b.source);

/** Which file format brought a segment is no difference. */
const isSameSource = (a: Segment['source'], b: Segment['source']): boolean =>
  sameRow(a, b) || (a.kind === 'import' && b.kind === 'import');
