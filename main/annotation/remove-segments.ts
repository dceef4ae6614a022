import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { describeSegments } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';

/** Takes segments away as if nobody had drawn them; a rejection, which the model learns from, is `updateSegments`. */
export function removeSegments(segments: readonly Segment[], classes: readonly ActionClass[]): Edit {
  return userEdit(say('Delete {{what}}', { what: describeSegments(segments, classes) }), {
    segments: segments.map((before) => ({ before, after: null })),
  });
}
