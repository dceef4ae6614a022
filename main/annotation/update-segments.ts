import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment, SegmentState } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { describeSegments } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';
import { moveWords } from './move-words.ts';
import { detailsWords, refuseStrangeValues, withDetails } from './segment-details.ts';
import type { DetailsChange } from './segment-details.ts';
import { fitSpan } from './fit-span.ts';

/** What a person may change of segments; `undefined` leaves it. */
export interface SegmentChange extends DetailsChange {
  readonly startUs?: number | undefined;
  readonly endUs?: number | undefined;
  readonly classId?: number | undefined;
  readonly state?: SegmentState | undefined;
  readonly note?: string | undefined;
}

/**
 * The edit by which a person changes segments; each is then theirs (`touched`), even where it already was as asked.
 * What is decided to be a point is then one. Fails with `bad-input` where one span is asked for several segments, or an
 * empty one, and for a value that an attribute cannot have.
 */
export function updateSegments(
  segments: readonly Segment[],
  change: SegmentChange,
  {
    classes,
    attributes = [],
    framesOf,
    wishOf = () => change,
  }: {
    readonly classes: readonly ActionClass[];
    /** Of the project; needed where values are changed. */
    readonly attributes?: readonly Attribute[];
    readonly framesOf: (videoId: number) => FrameTable;
    /** What is left of the change for one segment, where others have changed parts of it meanwhile. */
    readonly wishOf?: (segment: Segment) => SegmentChange;
  },
): Edit {
  const moves = change.startUs !== undefined || change.endUs !== undefined;
  if (moves && segments.length > 1) throw new Failure('bad-input', say('Only one segment at a time can be moved.'));
  const classOf = new Map(classes.map((value) => [value.id, value]));
  const changes = segments.map((before) => {
    const wish = wishOf(before);
    const wanted = { startUs: wish.startUs ?? before.startUs, endUs: wish.endUs ?? before.endUs };
    const actionClass = classOf.get(wish.classId ?? before.classId);
    const isPlaced =
      moves || (actionClass?.kind === 'point' && (wish.classId !== undefined || wish.state !== undefined));
    const after: Segment = {
      ...before,
      ...(isPlaced ? fitSpan(wanted, framesOf(before.videoId), actionClass) : {}),
      classId: wish.classId ?? before.classId,
      state: wish.state ?? before.state,
      note: wish.note ?? before.note,
      touched: true,
    };
    return { before, after: withDetails(after, wish) };
  });
  if (change.attributes !== undefined)
    refuseStrangeValues(change.attributes, new Set(changes.map(({ after }) => after.classId)), attributes);
  return userEdit(label(changes, change, classes, attributes), { segments: changes });
}

const decided: Readonly<Record<Segment['state'], (what: Saying) => Saying>> = {
  accepted: (what) => say('Accept {{what}}', { what }),
  rejected: (what) => say('Reject {{what}}', { what }),
  proposed: (what) => say('Reopen {{what}}', { what }),
};

function label(
  changes: readonly { readonly before: Segment; readonly after: Segment }[],
  change: SegmentChange,
  classes: readonly ActionClass[],
  attributes: readonly Attribute[],
): Saying {
  const segments = changes.map(({ before }) => before);
  const what = describeSegments(segments, classes);
  const isRelabelled = change.classId !== undefined && segments.some((segment) => segment.classId !== change.classId);
  const name = classes.find((value) => value.id === change.classId)?.name;
  if (isRelabelled) return say("Relabel {{what}} as '{{name}}'", { what, name: name ?? String(change.classId) });
  if (change.state !== undefined && segments.some((segment) => segment.state !== change.state)) {
    return decided[change.state](what);
  }
  const moves = changes.flatMap(({ before, after }) => moveWords(before, after));
  if (moves.length > 0) return say('Move {{what}}: {{moves}}', { what, moves });
  if (change.note !== undefined) return say('Note on {{what}}', { what });
  return detailsWords(what, change, attributes) ?? say('Keep {{what}}', { what });
}
