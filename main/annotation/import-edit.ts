import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { Edit, RowChange } from '#preload/domain/edit.ts';
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
  /** Which row each incoming segment became or met, by the identifier that it came with. */
  readonly rowOf: ReadonlyMap<number, number>;
}

/**
 * Brings segments from elsewhere into a project, as one edit. Each meets at most one row of the same video, class and
 * span: an equal one is left as it is, a proposal that nobody touched takes over what the import says, and what a person
 * decided here stays. The rest is added. `incoming` rows carry identifiers that are free. Parts of one `series` share
 * `met`: the rows that something of it has met.
 */
export function importEdit(
  { label, series }: Pick<Edit, 'label' | 'series'>,
  incoming: {
    readonly classes: readonly ActionClass[];
    readonly segments: readonly Segment[];
    readonly reviews: readonly Review[];
    readonly splits: Edit['splits'];
    readonly attributes: readonly RowChange<Attribute>[];
  },
  current: {
    /** Rows of the same video, class and span. */
    readonly segmentsAt: (place: Segment) => readonly Segment[];
    readonly reviewOf: (videoId: number, classId: number) => Review | null;
    readonly met: Set<number>;
  },
): ImportEdit {
  const here = new Map<string, Segment[]>();
  const take = (segment: Segment, isMatch: (row: Segment) => boolean): Segment | null => {
    const place = placeOf(segment);
    const rows = here.get(place) ?? current.segmentsAt(segment).filter(({ id }) => !current.met.has(id));
    here.set(place, rows);
    const index = rows.findIndex(isMatch);
    if (index < 0) return null;
    const [row] = rows.splice(index, 1);
    current.met.add(row!.id);
    return row!;
  };
  // Equal rows find each other first, so that a near match does not take what another segment equals.
  const rowOf = new Map<number, number>();
  const unmatched = incoming.segments.filter((segment) => {
    const row = take(segment, (one) => saysTheSame(one, segment));
    if (row !== null) rowOf.set(segment.id, row.id);
    return row === null;
  });
  const changes: { before: Segment | null; after: Segment }[] = [];
  let overruled = 0;
  for (const segment of unmatched) {
    const row = take(segment, () => true);
    rowOf.set(segment.id, row?.id ?? segment.id);
    if (row !== null && !isUntouchedProposal(row)) overruled += 1;
    else changes.push({ before: row, after: { ...segment, id: row?.id ?? segment.id } });
  }
  const edit = editOf(label, 'import', 'undoable', {
    segments: changes,
    classes: incoming.classes.map((after) => ({ before: null, after })),
    reviews: incoming.reviews
      .filter(({ videoId, classId }) => current.reviewOf(videoId, classId) === null)
      .map((after) => ({ before: null, after })),
    splits: incoming.splits,
    attributes: [...incoming.attributes],
  });
  return {
    edit: series === undefined ? edit : { ...edit, series },
    addedSegments: changes.length,
    addedClasses: incoming.classes.length,
    unchanged: incoming.segments.length - unmatched.length,
    overruled,
    rowOf,
  };
}

const placeOf = ({ videoId, classId, startUs, endUs }: Segment): string => `${videoId}:${classId}:${startUs}:${endUs}`;

const saysTheSame = (a: Segment, b: Segment): boolean =>
  a.state === b.state &&
  a.score === b.score &&
  a.note === b.note &&
  a.subject === b.subject &&
  a.ambiguous === b.ambiguous &&
  sameRow(a.attributes ?? null, b.attributes ?? null) &&
  isSameSource(a.source, b.source);

/** Which file format brought a segment is no difference. */
const isSameSource = (a: Segment['source'], b: Segment['source']): boolean =>
  sameRow(a, b) || (a.kind === 'import' && b.kind === 'import');
