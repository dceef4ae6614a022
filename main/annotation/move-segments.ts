import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import { describeSegments } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';
import { fitSpan } from './fit-span.ts';

/** Where a segment goes: its span, and its class, which is its row. */
export interface SegmentMove {
  readonly segment: Segment;
  readonly to: Span & Pick<Segment, 'classId'>;
}

/**
 * The edit by which a person moves segments, each to a place of its own; each is then theirs (`touched`). Fails with
 * `bad-input` where one would end before it starts.
 */
export function moveSegments(
  moves: readonly SegmentMove[],
  {
    classes,
    framesOf,
  }: { readonly classes: readonly ActionClass[]; readonly framesOf: (videoId: number) => FrameTable },
): Edit {
  const classOf = new Map(classes.map((value) => [value.id, value]));
  const changes = moves.map(({ segment, to }) => ({
    before: segment,
    after: {
      ...segment,
      ...fitSpan(to, framesOf(segment.videoId), classOf.get(to.classId)),
      classId: to.classId,
      touched: true,
    },
  }));
  const what = describeSegments(
    moves.map(({ segment }) => segment),
    classes,
  );
  return userEdit(say('Move {{what}}', { what }), { segments: changes });
}
