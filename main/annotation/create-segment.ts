import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';
import { fitSpan } from './fit-span.ts';

/** A segment that a person drew: accepted, snapped to frames. Fails with `bad-input` for an empty span. */
export function createSegment(
  id: number,
  videoId: number,
  span: Span,
  { actionClass, frames }: { readonly actionClass: ActionClass; readonly frames: FrameTable },
): Edit {
  const after = drawnSegment({ id, videoId, classId: actionClass.id, ...fitSpan(span, frames, actionClass) });
  return userEdit(say("Add '{{name}}'", { name: actionClass.name }), { segments: [{ before: null, after }] });
}
