import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { describeSegments } from './describe-segments.ts';
import { sameRow, userEdit } from './edit-value.ts';
import { withDetails } from './segment-details.ts';

/**
 * One segment over the hull of several of one video and class, under the identifier of the earliest: accepted if any of
 * them was, made by a person unless all have one source. What else
 * is said of one is said of the whole, the earliest first. Fails with `bad-input` for fewer than two or a mixture.
 */
export function mergeSegments(
  segments: readonly Segment[],
  classes: readonly ActionClass[],
): { readonly edit: Edit; readonly merged: Segment } {
  const [first, ...rest] = segments.toSorted((a, b) => a.startUs - b.startUs || a.id - b.id);
  if (first === undefined || rest.length === 0)
    throw new Failure('bad-input', say('Merging needs at least two segments.'));
  if (rest.some((other) => other.videoId !== first.videoId || other.classId !== first.classId)) {
    throw new Failure('bad-input', say('Only segments of one class in one video can be merged.'));
  }
  if (classes.find(({ id }) => id === first.classId)?.kind === 'point')
    throw new Failure('bad-input', say('Points are moments: they do not merge.'));
  const scores = segments.flatMap((segment) => segment.score ?? []);
  const hull: Segment = {
    ...first,
    endUs: Math.max(...segments.map((segment) => segment.endUs)),
    state: segments.some((segment) => segment.state === 'accepted') ? 'accepted' : first.state,
    score: scores.length > 0 ? Math.max(...scores) : null,
    source: rest.every((other) => sameRow(other.source, first.source)) ? first.source : { kind: 'human' },
    touched: true,
    note: segments
      .map((segment) => segment.note)
      .filter((note) => note !== '')
      .join('\n')
      .slice(0, 4000),
  };
  const inOrder = [first, ...rest];
  const merged = withDetails(hull, {
    subject: inOrder.find(({ subject }) => subject !== undefined)?.subject,
    ambiguous: segments.some(({ ambiguous }) => ambiguous),
    attributes: Object.fromEntries(inOrder.toReversed().flatMap(({ attributes = {} }) => Object.entries(attributes))),
  });
  const edit = userEdit(
    say('Merge {{segments}} segments into {{what}}', {
      segments: segments.length,
      what: describeSegments([merged], classes),
    }),
    {
      segments: [...rest.map((before) => ({ before, after: null })), { before: first, after: merged }],
    },
  );
  return { edit, merged };
}
