import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import { describeSegments } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';

/**
 * Two segments in place of one, cut at the frame boundary nearest to `atUs`; the first keeps the identifier, both keep
 * the rest. Fails with `bad-input` where the cut does not fall inside.
 */
export function splitSegment(
  before: Segment,
  atUs: number,
  newId: number,
  { classes, frames }: { readonly classes: readonly ActionClass[]; readonly frames: FrameTable },
): Edit {
  const cutUs = frames.snapUs(atUs);
  if (cutUs <= before.startUs || cutUs >= before.endUs) {
    throw new Failure(
      'bad-input',
      say('A segment can only be split inside itself, at least one frame from either end.'),
      {
        segmentId: before.id,
        atUs,
      },
    );
  }
  return userEdit(
    say('Split {{what}} at {{at}} s', {
      what: describeSegments([before], classes),
      at: { value: secondsOf(cutUs), digits: 2 },
    }),
    {
      segments: [
        { before, after: { ...before, endUs: cutUs, touched: true } },
        { before: null, after: { ...before, id: newId, startUs: cutUs, touched: true } },
      ],
    },
  );
}
